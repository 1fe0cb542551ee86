package dev.carillon.eventsourced.activity;

import dev.carillon.eventsourced.activity.ActivityStreams.Alive;
import dev.carillon.eventsourced.activity.ActivityStreams.Happened;
import dev.carillon.eventsourced.activity.ActivityStreams.LeftOut;
import dev.carillon.eventsourced.activity.ActivityStreams.StreamedActivity;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.rest.QueryCheck;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.ConsoleSessions;
import dev.carillon.platform.security.Roles;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The API for whoever looks on: what happened last, and what happens now, as Server-Sent Events. */
@Path("/api/v1/activity")
@Tag(
        name = "Activity",
        description = "What happens right now: events, decisions and deliveries, as they are committed.")
class ActivityResource {

    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final long COME_BACK_MILLIS = 2_000;

    private final ActivityStreams streams;
    private final ConsoleSessions sessions;
    private final Caller caller;
    private final Json json;
    private final Sse sse;

    ActivityResource(ActivityStreams streams, ConsoleSessions sessions, Caller caller, Json json, @Context Sse sse) {
        this.streams = streams;
        this.sessions = sessions;
        this.caller = caller;
        this.json = json;
        this.sse = sse;
    }

    /** What happened last. */
    @RegisterForReflection
    @Schema(name = "Activity", description = "What happened last, newest first.")
    record Activity(@Schema(description = "Newest first") List<ActivityItem> items) {}

    /** Why a stream left something out. */
    @RegisterForReflection
    record ActivityGap(String why) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.READER})
    @Operation(operationId = "listActivity", summary = "What happened last", description = """
            The newest events with decisions on them, and the newest notifications with the attempts to deliver them, newest first. For
            what happens from now on, see the stream.""")
    @APIResponse(responseCode = "200", description = "The newest")
    public Uni<Activity> list(
            @QueryParam("limit")
                    @Parameter(
                            description = "1 to 200, 50 by default",
                            example = "50",
                            schema = @Schema(type = SchemaType.INTEGER))
                    @Nullable
                    String limit) {
        var check = new QueryCheck();
        var most = check.limit(limit, 50, 200);
        check.done();
        return streams.last(caller.tenant(), most).map(Activity::new);
    }

    @GET
    @Path("/stream")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RolesAllowed({Roles.ADMIN, Roles.READER})
    @Operation(operationId = "streamActivity", summary = "What happens, live", description = """
            Server-Sent Events: one `activity` for each event, decision and attempt to deliver, within about a second of its commit. It is
            for looking on, not for counting: where more than 200 of a kind happen in half a second, or the client does not keep up, some are left
            out and a `skipped` says so. Items of the last seconds may come twice, with the same `key`. A comment shows that the stream
            is alive. It ends after half an hour, when the key is revoked or the session ends, and when the service stops; a client reconnects with
            `Last-Event-ID` and gets what it has missed, of the last ten minutes.""")
    @APIResponse(
            responseCode = "200",
            description = "The stream",
            content = @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(
            responseCode = "429",
            description = "Too many requests with this key, or the tenant has as many streams open as it may")
    public Multi<OutboundSseEvent> stream(
            @HeaderParam(LAST_EVENT_ID)
                    @Parameter(description = "The last item that was received", example = "1763715600000000-e42")
                    @Nullable
                    String lastEventId) {
        var check = new QueryCheck();
        var after = check.cursor(
                LAST_EVENT_ID,
                lastEventId == null || lastEventId.isEmpty() ? null : lastEventId,
                ActivityCursor::parse);
        check.done();
        return streams.open(caller.tenant(), after, sessions.end(caller)).map(this::event);
    }

    private OutboundSseEvent event(StreamedActivity streamed) {
        if (streamed instanceof Happened happened) {
            return sse.newEventBuilder()
                    .name("activity")
                    .id(ActivityCursor.of(happened.item()).text())
                    .data(json.write(happened.item()))
                    .build();
        }
        if (streamed instanceof LeftOut leftOut) {
            return sse.newEventBuilder()
                    .name("skipped")
                    .data(json.write(new ActivityGap(leftOut.why())))
                    .build();
        }
        assert streamed instanceof Alive;
        return sse.newEventBuilder()
                .comment("alive")
                .reconnectDelay(COME_BACK_MILLIS)
                .build();
    }
}
