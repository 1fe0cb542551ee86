package dev.carillon.eventsourced.rule;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code collect.timeout}: how long a set may stay incomplete, and whether someone is notified after that.
 *
 * @param after from the set's first event
 * @param notification null if nobody is notified
 */
record Timeout(Duration after, @Nullable NotifyClause notification) {

    static Timeout read(Section collect, Expressions expressions, Set<ScopeVariable> available) {
        Section timeout = collect.section("timeout");
        timeout.only(Set.of("after", "notify"));
        return new Timeout(
                timeout.duration("after"),
                timeout.has("notify") ? NotifyClause.read(timeout, expressions, available) : null);
    }
}
