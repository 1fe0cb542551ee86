package dev.carillon.eventsourced.audit;

import dev.carillon.platform.rest.Paged;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of the journal, newest first. */
@RegisterForReflection
@Schema(description = "A page of the journal, newest first.")
record EventPage(
        @Schema(description = "At most `limit`") List<EventLine> events,

        @Schema(description = "`after` of the next page; null on the last") @Nullable
        String next)
        implements Paged {

    /** An event without its data and results. */
    @RegisterForReflection
    @Schema(name = "EventLine", description = "An event without its data and decisions.")
    record EventLine(
            @Schema(examples = "evt-001", description = "With the source it is unique in the tenant")
            String id,

            @Schema(examples = "/api/v1/events", description = "The source")
            String source,

            @Schema(examples = "ordering.order-status-changed", description = "What kind of fact")
            String type,

            @Schema(examples = "cust-001", description = "The customer, where it is about one") @Nullable
            String subject,

            @Schema(description = "When it happened, UTC") Instant occurredAt,

            @Schema(description = "When it was recorded, UTC")
            Instant recordedAt,

            @Schema(description = "Its place in the journal", examples = "42")
            long position,

            @Schema(description = "Whether every rule that listens has decided")
            boolean answered) {}

    /** @param lines one more than the page holds where there is a next one */
    static EventPage of(List<EventLine> lines, int limit) {
        var page = lines.size() > limit ? lines.subList(0, limit) : lines;
        return new EventPage(
                page, lines.size() > limit ? EventCursor.of(page.get(limit - 1)).text() : null);
    }
}
