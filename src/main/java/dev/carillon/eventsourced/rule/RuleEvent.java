package dev.carillon.eventsourced.rule;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as rules see it.
 *
 * @param subject the customer the event is about, where there is one
 * @param time when it happened; at the latest when it was recorded
 * @param recordedAt when the journal recorded it: the time rules go by
 * @param data plain maps, lists, strings, {@code Long}, {@code BigDecimal}, {@code Boolean} and null; not changed while rules look at it
 * @param traits what the sender said of the subject besides, in the same form
 */
public record RuleEvent(
        String id,
        String type,
        String source,
        @Nullable String subject,
        Instant time,
        Instant recordedAt,
        Map<String, @Nullable Object> data,
        Map<String, @Nullable Object> traits) {

    public RuleEvent {
        data = Collections.unmodifiableMap(data);
        traits = Collections.unmodifiableMap(traits);
    }

    /** Whether it is the same event: ids are unique within a source. */
    boolean isSameAs(RuleEvent other) {
        return id.equals(other.id) && source.equals(other.source);
    }
}
