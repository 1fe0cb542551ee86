package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.journal.PendingEvent.Cursor;
import dev.carillon.eventsourced.timer.DigestItem;
import dev.carillon.eventsourced.timer.Timer;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A trigger and the evaluations of its rules, in their order.
 *
 * @param items what a digest that is due has absorbed; else empty
 */
record TriggerEvaluation(Trigger trigger, List<RuleEvaluation> evaluations, List<DigestItem> items) {

    TriggerEvaluation with(List<DigestItem> absorbed) {
        return new TriggerEvaluation(trigger, evaluations, absorbed);
    }

    /** Of a walk only what its pages so far have not been through. */
    TriggerEvaluation fromCursor() {
        var cursor = trigger instanceof Trigger.EventPublished heard
                ? heard.pending().cursor()
                : null;
        return cursor == null
                ? this
                : new TriggerEvaluation(
                        trigger,
                        cursor.rest(
                                evaluations,
                                one -> one.isAt(cursor),
                                one -> one.rule().id()),
                        items);
    }

    /** Without the rules behind the one whose audience goes on: they are evaluated when it is through. */
    TriggerEvaluation upToCursor() {
        for (int i = 0; i < evaluations.size(); i++) {
            if (evaluations.get(i).cursor() != null) {
                evaluations.get(i).isFollowedBy(rulesBehind(i));
                return new TriggerEvaluation(trigger, evaluations.subList(0, i + 1), items);
            }
        }
        return this;
    }

    private List<String> rulesBehind(int at) {
        return evaluations.subList(at + 1, evaluations.size()).stream()
                .map(one -> one.rule().id())
                .filter(rule -> !rule.equals(evaluations.get(at).rule().id()))
                .distinct()
                .toList();
    }

    /** Where the evaluation of a large audience has to go on; null when the trigger is through. */
    @Nullable
    Cursor cursor() {
        return evaluations.stream()
                .map(RuleEvaluation::cursor)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Whether it leads to nothing. A timer without a rule is cancelled, and that is recorded. */
    boolean isHeardByNobody() {
        return evaluations.isEmpty() && trigger instanceof Trigger.EventPublished;
    }

    /** The digest that is due; null for any other trigger. */
    @Nullable
    String digestId() {
        return trigger instanceof Trigger.TimedTrigger timed && timed.timer().kind() == Timer.TimerKind.DIGEST
                ? timed.timer().id()
                : null;
    }

    Stream<Candidate> candidates() {
        return evaluations.stream().flatMap(rule -> rule.candidates().stream());
    }
}
