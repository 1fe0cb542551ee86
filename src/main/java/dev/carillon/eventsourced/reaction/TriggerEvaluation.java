package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.journal.PendingEvent.Cursor;
import dev.carillon.eventsourced.timer.DigestItem;
import dev.carillon.eventsourced.timer.Timer;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A trigger and the evaluations of its rules, in the order of the rules.
 *
 * @param items what a digest that is due has absorbed; else empty
 */
record TriggerEvaluation(Trigger trigger, List<RuleEvaluation> rules, List<DigestItem> items) {

    TriggerEvaluation with(List<DigestItem> absorbed) {
        return new TriggerEvaluation(trigger, rules, absorbed);
    }

    /** Without the rules behind the one whose audience is larger than a page: they are evaluated when it is through. */
    TriggerEvaluation upToCursor() {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).cursor() != null) {
                return new TriggerEvaluation(trigger, rules.subList(0, i + 1), items);
            }
        }
        return this;
    }

    /** Where the walk over a large audience has to go on; null when the trigger is through. */
    @Nullable
    Cursor cursor() {
        return rules.stream()
                .map(RuleEvaluation::cursor)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Whether it leads to nothing. A timer without a rule is cancelled, and that is recorded. */
    boolean isHeardByNobody() {
        return rules.isEmpty() && trigger instanceof Trigger.EventPublished;
    }

    /** The digest that is due; null for any other trigger. */
    @Nullable
    String digestId() {
        return trigger instanceof Trigger.TimedTrigger timed && timed.timer().kind() == Timer.TimerKind.DIGEST
                ? timed.timer().id()
                : null;
    }

    Stream<Candidate> candidates() {
        return rules.stream().flatMap(rule -> rule.candidates().stream());
    }
}
