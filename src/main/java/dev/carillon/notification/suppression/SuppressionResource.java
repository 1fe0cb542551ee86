package dev.carillon.notification.suppression;

import dev.carillon.notification.preference.Suppression.Cause;
import dev.carillon.notification.recipient.ContactCheck;
import dev.carillon.platform.id.GivenId;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.idempotency.IdempotencyKey;
import dev.carillon.platform.idempotency.KeyedRequests;
import dev.carillon.platform.rest.Created;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.rest.QueryCheck;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The API for suppressed addresses. */
@Path(SuppressionResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(
        name = "Suppressions",
        description = "Addresses that get no messages: they bounced, complained, or asked us to stop.")
class SuppressionResource {

    static final String PATH = "/api/v1/suppressions";

    private static final String MANUAL = """
            {"id": "01KAJ3W4S8M2Q9V7T5R1N3X0ZD", "channel": "email", "address": "alice@example.com", "cause": "manual", "detail": null,
             "source": "01KAJ3W4S8M2Q9V7T5R1N3X0ZA", "since": "2025-11-27T08:00:00Z"}""";

    /** An address to suppress. */
    @RegisterForReflection
    @Schema(name = "NewSuppression", description = "An address to suppress.")
    record NewSuppression(
            @Schema(description = "On which channel", examples = "email")
            @NotBlank(message = "is required")
            @Pattern(regexp = GivenId.NO_CONTROLS, message = "must hold no control characters")
            @Size(max = 50, message = "must have at most 50 characters")
            String channel,

            @Schema(description = "The address, as the customer has it", examples = "alice@example.com")
            @NotBlank(message = "is required")
            @Pattern(regexp = GivenId.NO_CONTROLS, message = "must hold no control characters")
            @Size(max = 2000, message = "must have at most 2,000 characters")
            String address) {

        @Override
        public String toString() {
            return "NewSuppression[" + channel + "]";
        }
    }

    private final Suppressions suppressions;
    private final KeyedRequests keyed;
    private final ContactCheck addresses;
    private final Caller caller;
    private final Ids ids;

    SuppressionResource(
            Suppressions suppressions, KeyedRequests keyed, ContactCheck addresses, Caller caller, Ids ids) {
        this.suppressions = suppressions;
        this.keyed = keyed;
        this.addresses = addresses;
        this.caller = caller;
        this.ids = ids;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.SENDER, Roles.READER})
    @Operation(
            operationId = "listSuppressions",
            summary = "Suppressed addresses",
            description = "Oldest first. `next` of a page is `after` of the following one.")
    @APIResponse(responseCode = "200", description = "A page")
    public Uni<SuppressionPage> list(
            @QueryParam("channel") @Parameter(description = "Only this channel", example = "email") @Nullable
                    String channel,
            @QueryParam("address")
                    @Parameter(
                            description = "Only this address, in any notation; requires `channel`",
                            example = "Alice@example.com")
                    @Nullable
                    String address,
            @QueryParam("after")
                    @Parameter(description = "`next` of the page before", example = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
                    @Nullable
                    String after,
            @QueryParam("limit")
                    @Parameter(
                            description = "1 to 500, 100 by default",
                            example = "100",
                            schema = @Schema(type = SchemaType.INTEGER))
                    @Nullable
                    String limit) {
        var check = new QueryCheck();
        var size = check.limit(limit, 100, 500);
        var from = check.cursor("after", after, text -> Optional.of(text).filter(Ids::isId));
        var asked = check.text("address", address);
        var on = asked == null ? check.text("channel", channel) : check.required("channel", channel);
        check.done();
        var kept = asked == null || on == null
                ? null
                : addresses.address(on, asked).canonical().orElse(asked);
        return suppressions.page(caller.tenant(), on, kept, from, size);
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.SENDER})
    @Operation(
            operationId = "suppressAddress",
            summary = "Suppress an address",
            description = "Nothing is sent there from now on, neither mandatory nor held messages. "
                    + "The cause is `manual`; other causes of the address stay.")
    @APIResponseSchema(value = SuppressionView.class, responseCode = "201", responseDescription = "The suppression")
    @APIResponse(
            responseCode = "422",
            description = "No channel with addresses, or no address of it; the pointer names it")
    public Uni<Response> suppress(
            @BeanParam IdempotencyKey key, @Valid @NotNull(message = "is required") NewSuppression wanted) {
        if (!addresses.channels().contains(wanted.channel())) {
            throw new ProblemException(Problem.invalid(
                    "/channel", "is not a channel with addresses; known: " + String.join(", ", addresses.channels())));
        }
        var address = addresses.address(wanted.channel(), wanted.address());
        var kept = address.canonical()
                .orElseThrow(
                        () -> new ProblemException(Problem.invalid("/address", String.valueOf(address.problem()))));
        var change = new SuppressionChange(
                caller.tenant(), wanted.channel(), kept, Cause.MANUAL, null, caller.id(), ids.now());
        return keyed.answered(
                key,
                wanted,
                work -> suppressions.suppress(change).map(held -> Created.at(PATH + "/{id}", held.id(), held)));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.ADMIN, Roles.SENDER, Roles.READER})
    @Operation(
            operationId = "getSuppression",
            summary = "A suppressed address",
            description = "While it is suppressed.")
    @APIResponse(responseCode = "200", description = "The suppression")
    public Uni<SuppressionView> find(
            @PathParam("id") @Parameter(description = "The suppression's id", example = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
                    String id) {
        return (Ids.isId(id)
                        ? suppressions.find(caller.tenant(), id)
                        : Uni.createFrom().item(Optional.<SuppressionView>empty()))
                .map(found -> found.orElseThrow(SuppressionResource::unknown));
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed(Roles.ADMIN)
    @Operation(operationId = "liftSuppression", summary = "Lift a suppression", description = """
            Lifts this one cause, for an address that is known to work again; any other cause of the address stays, and is listed with an
            id of its own: a STOP sent while the mailbox bounced is not lifted with the bounce. The customer's own START lifts a `stop`
            and nothing else. A provider may have a list of its own.""")
    @APIResponse(responseCode = "204", description = "This cause is lifted")
    public Uni<Void> lift(
            @PathParam("id") @Parameter(description = "The suppression's id", example = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
                    String id) {
        return (Ids.isId(id)
                        ? suppressions.lift(caller.tenant(), id, caller.id())
                        : Uni.createFrom().item(false))
                .invoke(lifted -> {
                    if (!lifted) {
                        throw unknown();
                    }
                })
                .replaceWithVoid();
    }

    private static ProblemException unknown() {
        return new ProblemException(ProblemType.NOT_FOUND, "No suppression with this id holds");
    }
}
