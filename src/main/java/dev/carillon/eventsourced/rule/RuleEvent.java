package dev.carillon.eventsourced.rule;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rule sees of an event.
 *
 * @param subject the customer the event is about, where there is one
 * @param data plain maps, lists, strings, {@code Long}, {@code Double}, {@code Boolean} and null; not changed while rules look at it
 */
public record RuleEvent(
        String id, String type, String source, @Nullable String subject, Instant time, Map<String, @Nullable Object> data) {

    public RuleEvent {
        data = Collections.unmodifiableMap(data);
    }
}
