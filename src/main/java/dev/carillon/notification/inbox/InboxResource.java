package dev.carillon.notification.inbox;

import dev.carillon.notification.recipient.UnknownCustomer;
import dev.carillon.platform.body.TakesNoBody;
import dev.carillon.platform.id.CustomerId;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.rest.QueryCheck;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The inbox API. */
@Path(InboxResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Inbox", description = "A customer's messages in the app.")
class InboxResource {

    static final String PATH = "/api/v1/customers/{customerId}/inbox";
    private static final Map<String, Boolean> FLAGS = Map.of("true", true, "false", false);

    private final Inbox inbox;
    private final Caller caller;

    InboxResource(Inbox inbox, Caller caller) {
        this.inbox = inbox;
        this.caller = caller;
    }

    /** The last message that was read. */
    @RegisterForReflection
    @Schema(name = "ReadUpTo", description = "Up to where everything was read.")
    record ReadUpTo(
            @Schema(description = "The id of the last message that was seen", examples = "17")
            @NotNull(message = "is required")
            @Positive(message = "must be positive")
            Long upTo) {}

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.SENDER, Roles.READER})
    @Operation(
            operationId = "listInbox",
            summary = "A customer's inbox, newest first",
            description =
                    "`next` of a page is `after` of the following one. Messages that arrive meanwhile do not change the following pages. "
                            + "A page ends earlier where its texts fill 1 MiB.")
    @APIResponse(responseCode = "200", description = "A page")
    public Uni<InboxPage> list(
            @PathParam("customerId") @CustomerId @Parameter(description = "The customer", example = "cust-001")
                    String customerId,
            @QueryParam("unread")
                    @Parameter(
                            description = "true: only what is unread",
                            example = "true",
                            schema = @Schema(type = SchemaType.BOOLEAN))
                    @Nullable
                    String unread,
            @QueryParam("after")
                    @Parameter(
                            description = "`next` of the page before",
                            example = "17",
                            schema = @Schema(type = SchemaType.INTEGER, format = "int64"))
                    @Nullable
                    String after,
            @QueryParam("limit")
                    @Parameter(
                            description = "1 to 200, 50 by default",
                            example = "50",
                            schema = @Schema(type = SchemaType.INTEGER))
                    @Nullable
                    String limit) {
        var check = new QueryCheck();
        var unreadOnly = check.oneOf("unread", unread, FLAGS);
        var cursor = check.cursor("after", after, MessageId::parse);
        var most = check.limit(limit, 50, 200);
        check.done();
        return inbox.page(caller.tenant(), customerId, Boolean.TRUE.equals(unreadOnly), cursor, most)
                .map(page -> known(page, customerId));
    }

    @GET
    @Path("/unread")
    @RolesAllowed({Roles.ADMIN, Roles.SENDER, Roles.READER})
    @Operation(
            operationId = "countUnread",
            summary = "How many messages are unread",
            description = "Counted up to 1,000: for a badge that says 1000+.")
    @APIResponse(responseCode = "200", description = "How many")
    public Uni<Unread> unread(
            @PathParam("customerId") @CustomerId @Parameter(description = "The customer", example = "cust-001")
                    String customerId) {
        return inbox.unread(caller.tenant(), customerId).map(counted -> known(counted, customerId));
    }

    @POST
    @TakesNoBody
    @Path("/{id}/read")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed({Roles.ADMIN, Roles.SENDER})
    @Operation(
            operationId = "markRead",
            summary = "Mark a message as read",
            description = "The time it was first read is kept.")
    @APIResponse(responseCode = "204", description = "Marked as read")
    public Uni<Void> read(
            @PathParam("customerId") @CustomerId @Parameter(description = "The customer", example = "cust-001")
                    String customerId,
            @PathParam("id")
                    @Parameter(
                            description = "The message",
                            example = "17",
                            schema = @Schema(type = SchemaType.INTEGER, format = "int64"))
                    String id) {
        return inbox.read(caller.tenant(), customerId, MessageId.parse(id).orElse(MessageId.NONE))
                .invoke(there -> refuseUnless(there, customerId))
                .replaceWithVoid();
    }

    @POST
    @Path("/read")
    @RolesAllowed({Roles.ADMIN, Roles.SENDER})
    @Operation(
            operationId = "markReadUpTo",
            summary = "Mark everything up to a message as read",
            description = "Later messages stay unread.")
    @APIResponse(responseCode = "200", description = "How many are unread now")
    public Uni<Unread> readUpTo(
            @PathParam("customerId") @CustomerId @Parameter(description = "The customer", example = "cust-001")
                    String customerId,
            @Valid @NotNull(message = "is required") ReadUpTo body) {
        return inbox.readUpTo(caller.tenant(), customerId, body.upTo()).map(unread -> known(unread, customerId));
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed({Roles.ADMIN, Roles.SENDER})
    @Operation(
            operationId = "removeInboxMessage",
            summary = "Remove a message",
            description = "Its text is deleted; the notification's record stays.")
    @APIResponse(responseCode = "204", description = "Removed")
    public Uni<Void> remove(
            @PathParam("customerId") @CustomerId @Parameter(description = "The customer", example = "cust-001")
                    String customerId,
            @PathParam("id")
                    @Parameter(
                            description = "The message",
                            example = "17",
                            schema = @Schema(type = SchemaType.INTEGER, format = "int64"))
                    String id) {
        return inbox.remove(caller.tenant(), customerId, MessageId.parse(id).orElse(MessageId.NONE))
                .invoke(there -> refuseUnless(there, customerId))
                .replaceWithVoid();
    }

    private static <T> T known(Optional<T> answer, String customerId) {
        return answer.orElseThrow(() -> UnknownCustomer.refusal(customerId));
    }

    private static void refuseUnless(Optional<Boolean> there, String customerId) {
        if (!known(there, customerId)) {
            throw new ProblemException(ProblemType.NOT_FOUND, "The customer has no message with this id");
        }
    }
}
