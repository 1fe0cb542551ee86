package dev.carillon.notification.inbox;

import dev.carillon.notification.inbox.InboxStreams.StreamItem;
import dev.carillon.notification.recipient.KnownCustomerFilter;
import dev.carillon.platform.id.CustomerId;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.rest.QueryCheck;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.ConsoleSessions;
import dev.carillon.platform.security.Roles;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Streams an inbox live, as Server-Sent Events. */
@Path(InboxResource.PATH + "/stream")
@Tag(name = "Inbox")
class InboxStreamResource {

    static final String LAST_EVENT_ID = "Last-Event-ID";

    private static final long COME_BACK_MILLIS = 2_000;
    private final InboxStreams streams;
    private final ConsoleSessions sessions;
    private final Caller caller;
    private final Json json;
    private final Sse sse;

    InboxStreamResource(InboxStreams streams, ConsoleSessions sessions, Caller caller, Json json, @Context Sse sse) {
        this.streams = streams;
        this.sessions = sessions;
        this.caller = caller;
        this.json = json;
        this.sse = sse;
    }

    @GET
    @KnownCustomerFilter.Applies
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RolesAllowed({Roles.ADMIN, Roles.SENDER, Roles.READER})
    @Operation(operationId = "streamInbox", summary = "A customer's inbox, live", description = """
            Server-Sent Events: one `message` for each message that arrives, with the message's id, within about a second. A comment shows
            that the stream is alive. It ends after half an hour, when the key is revoked or the session ends, and when the service stops; a client
            reconnects with `Last-Event-ID` and gets what it has missed. Without it, or `after`, the stream starts with messages that arrive from now
            on.""")
    @APIResponse(
            responseCode = "200",
            description = "The stream",
            content = @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(
            responseCode = "429",
            description = "Too many requests with this key, or the tenant has as many streams open as it may")
    public Multi<OutboundSseEvent> stream(
            @PathParam("customerId") @CustomerId @Parameter(description = "The customer", example = "cust-001")
                    String customerId,
            @QueryParam("after")
                    @Parameter(
                            description =
                                    "Begin after this message; for the first time, when there is no Last-Event-ID",
                            example = "16",
                            schema = @Schema(type = SchemaType.INTEGER, format = "int64"))
                    @Nullable
                    String after,
            @HeaderParam(LAST_EVENT_ID)
                    @Parameter(
                            description = "The last message that was received; takes precedence over `after`",
                            example = "16",
                            schema = @Schema(type = SchemaType.INTEGER, format = "int64"))
                    @Nullable
                    String lastEventId) {
        var check = new QueryCheck();
        var begin = check.cursor("after", after, MessageId::parse);
        var last = check.cursor(
                LAST_EVENT_ID, lastEventId == null || lastEventId.isEmpty() ? null : lastEventId, MessageId::parse);
        check.done();
        return streams.open(caller.tenant(), customerId, last != null ? last : begin, sessions.end(caller))
                .map(this::event);
    }

    private OutboundSseEvent event(StreamItem item) {
        var message = item.message();
        return message == null
                ? sse.newEventBuilder()
                        .comment("alive")
                        .reconnectDelay(COME_BACK_MILLIS)
                        .build()
                : sse.newEventBuilder()
                        .name("message")
                        .id(String.valueOf(message.id()))
                        .data(json.write(message))
                        .build();
    }
}
