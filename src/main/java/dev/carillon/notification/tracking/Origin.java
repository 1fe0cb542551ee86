package dev.carillon.notification.tracking;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a notification came from, and the gates it passed before the pipeline.
 *
 * @param door        {@code event-sourced} or {@code api-driven}
 * @param trigger     the event that led to it; null where a caller asked for it
 * @param traceparent the trace it belongs to
 * @param asOf        the journal position as of which the customer is read; null for the present
 */
public record Origin(
        String door,
        @Nullable EventRef eventRef,
        @Nullable String ruleId,
        @Nullable String ruleVersion,
        List<Gate> gates,
        @Nullable String traceparent,
        @Nullable Long asOf) {

    public Origin {
        gates = List.copyOf(gates);
    }

    @Nullable
    String eventId() {
        return eventRef == null ? null : eventRef.eventId();
    }

    @Nullable
    Long eventPosition() {
        return eventRef == null ? null : eventRef.position();
    }
}
