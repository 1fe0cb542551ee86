package dev.carillon.eventsourced.oracle;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is sent when, and the journal it must become.
 *
 * @param end when nothing can be waiting any more
 */
record History(String run, List<String> customers, List<Step> steps, Instant end) {

    /**
     * Events that come together.
     *
     * @param sent    in order, some of them not for the first time
     * @param stalled whether nobody answers until a step that is not stalled
     */
    record Step(Instant at, List<Happening> sent, boolean stalled) {}

    Happening sent(String id) {
        return all().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    }

    /** How many events are new. */
    int size() {
        return (int) all().map(Happening::id).distinct().count();
    }

    private Stream<Happening> all() {
        return steps.stream().flatMap(step -> step.sent().stream());
    }
}
