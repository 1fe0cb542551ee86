package dev.carillon.eventsourced.audit;

import dev.carillon.eventsourced.audit.PgEventAudit.JournalEntry;
import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.notification.tracking.DecisionView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An event with its data and everything it led to. */
@RegisterForReflection
@Schema(name = "Event", description = "An event with its data and its decisions.")
record EventView(
        @Schema(description = "With the source it is unique in the tenant", examples = "evt-001")
        String id,

        @Schema(description = "The source", examples = "/api/v1/events")
        String source,

        @Schema(examples = "ordering.order-status-changed", description = "What kind of fact")
        String type,

        @Schema(description = "The customer, where it is about one", examples = "cust-001") @Nullable
        String subject,

        @Schema(description = "When it happened, UTC") Instant occurredAt,

        @Schema(description = "When it was recorded, UTC") Instant recordedAt,

        @Schema(description = "Its place in the journal: the order of commit", examples = "42")
        long position,

        @Schema(description = "The fact itself: an object, or another JSON value or a text as it came") @Nullable
        Object data,

        @Schema(
                description =
                        "The data as base64, where it came as bytes that are neither JSON nor text; null otherwise",
                examples = "AAAA")
        @Nullable
        String dataBase64,

        @Schema(description = "What else the sender reported about the subject")
        Map<String, Object> traits,

        @Schema(
                description =
                        "Further CloudEvents attributes, such as traceparent and datacontenttype: texts, integers, booleans")
        Map<String, ?> extensions,

        @Schema(
                description = "pending, answered, or answered-by-no-rule: no rule listens to this type",
                examples = "answered")
        String state,

        @Schema(description = "Whether every rule that listens has decided")
        boolean answered,

        @Schema(description = "What it led to, oldest first")
        List<DecisionView> decisions,

        @Schema(description = "Where the next page of decisions begins; null on the last") @Nullable
        String nextDecisions) {

    static final String PENDING = "pending";
    static final String ANSWERED = "answered";
    static final String BY_NO_RULE = "answered-by-no-rule";

    /** @param more whether there are decisions behind these */
    static EventView of(JournalEntry entry, List<DecisionView> decisions, boolean firstPage, boolean more) {
        var event = entry.recorded().event();
        var state = !entry.answered() ? PENDING : decisions.isEmpty() && firstPage ? BY_NO_RULE : ANSWERED;
        return new EventView(
                event.id(),
                event.source(),
                event.type(),
                event.subject(),
                event.occurredAt(),
                entry.recorded().recordedAt(),
                entry.recorded().position(),
                data(event),
                event.content() == null ? null : event.content().base64(),
                event.traits(),
                event.extensions(),
                state,
                entry.answered(),
                decisions,
                more ? decisions.get(decisions.size() - 1).id() : null);
    }

    private static @Nullable Object data(EventEnvelope event) {
        return event.content() == null ? event.data() : event.content().value();
    }
}
