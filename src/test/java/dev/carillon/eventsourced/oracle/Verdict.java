package dev.carillon.eventsourced.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * One decision, expected or found.
 *
 * @param customer empty where nobody was looked at
 * @param reason   empty where there is none
 * @param at       journal time
 * @param note     what the reference words: how many of how many, how often sent; of a digest, how many items
 */
record Verdict(Instant at, String rule, String event, String customer, String verdict, String reason, String note) {

    /** What only one of the two has, in the order of time; empty when they agree. */
    static List<String> differences(List<Verdict> expected, List<Verdict> found) {
        var differences = new ArrayList<Map.Entry<Verdict, String>>();
        without(expected, found).forEach(one -> differences.add(Map.entry(one, "not decided: " + one)));
        without(found, expected).forEach(one -> differences.add(Map.entry(one, "not expected: " + one)));
        return differences.stream()
                .sorted(Comparator.comparing(one -> one.getKey().at()))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static List<Verdict> without(List<Verdict> these, List<Verdict> those) {
        var rest = new ArrayList<>(these);
        those.forEach(rest::remove);
        return rest;
    }
}
