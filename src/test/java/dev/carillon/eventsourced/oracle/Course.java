package dev.carillon.eventsourced.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Journal time as one rule goes through it: events in the order of the journal, and before each what was due by then. What
 * is due is judged on what had been recorded before it was due.
 */
final class Course {

    /** Something that will be due. */
    final class Due {

        private final int number = ++numbered;
        private final Happening armedBy;
        private final Runnable then;
        private Instant at;

        private Due(Instant at, Happening armedBy, Runnable then) {
            this.at = at;
            this.armedBy = armedBy;
            this.then = then;
        }

        void moveTo(Instant later) {
            at = later;
        }
    }

    private final List<Happening> journal;
    private final World world;
    private final List<Due> waiting = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private int numbered;
    private Instant now = Instant.MIN;
    private int asOf;
    private int heard;

    Course(List<Happening> journal) {
        this.journal = journal;
        this.world = new World(journal);
    }

    /** All that a rule must have decided by {@code end}. */
    List<Verdict> of(RuleModel rule, Instant end) {
        rule.begin(this);
        for (var event : journal) {
            fire(event.recorded());
            now = event.recorded();
            asOf = event.position();
            heard = event.position();
            rule.hears(event);
        }
        fire(end);
        return verdicts;
    }

    Due at(Instant time, Happening armedBy, Runnable then) {
        var due = new Due(time, armedBy, then);
        waiting.add(due);
        return due;
    }

    World world() {
        return world;
    }

    Instant now() {
        return now;
    }

    /** The last position a rule's facts may come from. */
    int asOf() {
        return asOf;
    }

    /** The last position that has been answered: what the corridor knows of a recipient. */
    int heard() {
        return heard;
    }

    void decided(Verdict verdict) {
        verdicts.add(verdict);
    }

    private void fire(Instant until) {
        while (true) {
            var next = waiting.stream()
                    .min(Comparator.<Due, Instant>comparing(due -> due.at).thenComparing(due -> due.number))
                    .orElse(null);
            if (next == null || next.at.isAfter(until)) {
                return;
            }
            waiting.remove(next);
            now = next.at;
            asOf = next.armedBy.position();
            for (var event : journal) {
                asOf = event.recorded().isBefore(now) ? Math.max(asOf, event.position()) : asOf;
            }
            next.then.run();
        }
    }
}
