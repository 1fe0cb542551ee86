package dev.carillon.eventsourced.rule;

import java.time.Duration;

/**
 * {@code delay}: how long a decision is held back.
 *
 * @param recheck whether the rule's conditions are asked again when it is released
 */
public record Delay(Duration length, boolean recheck) {

    static Delay read(Section rule) {
        return new Delay(rule.duration("delay"), rule.flag("recheck", false));
    }
}
