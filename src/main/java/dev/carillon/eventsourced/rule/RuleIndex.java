package dev.carillon.eventsourced.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the rules that listen to an event type. Built in one pass over all rules; one look-up for each type. */
final class RuleIndex {

    /** Event types come from outside; what is remembered about those that no rule names must stay bounded. */
    private static final int MAX_OTHERS = 1_000;

    private final List<Rule> rules;
    private final Map<String, Set<Integer>> named = new HashMap<>();
    private final List<Prefix> prefixes = new ArrayList<>();
    private final Map<String, List<Rule>> ofNamed = new ConcurrentHashMap<>();
    private final Map<String, List<Rule>> ofOthers = new ConcurrentHashMap<>();

    private record Prefix(EventPattern pattern, int rule) {}

    RuleIndex(List<Rule> rules) {
        this.rules = rules;
        for (int index = 0; index < rules.size(); index++) {
            if (rules.get(index).enabled()) {
                add(rules.get(index), index);
            }
        }
    }

    private void add(Rule rule, int index) {
        var after = rule.after().stream().flatMap(earlier -> earlier.events().stream());
        Stream.concat(rule.on().stream(), after).map(EventPattern::new).forEach(pattern -> {
            if (pattern.isPrefix()) {
                prefixes.add(new Prefix(pattern, index));
            } else {
                named.computeIfAbsent(pattern.text(), type -> new TreeSet<>()).add(index);
            }
        });
    }

    /** In file order. */
    List<Rule> listeningTo(String eventType) {
        if (named.containsKey(eventType)) {
            return ofNamed.computeIfAbsent(eventType, this::search);
        }
        if (prefixes.isEmpty()) {
            return List.of();
        }
        var known = ofOthers.get(eventType);
        if (known != null) {
            return known;
        }
        var found = search(eventType);
        if (ofOthers.size() < MAX_OTHERS) {
            ofOthers.put(eventType, found);
        }
        return found;
    }

    private List<Rule> search(String eventType) {
        Set<Integer> found = new TreeSet<>(named.getOrDefault(eventType, Set.of()));
        prefixes.stream()
                .filter(prefix -> prefix.pattern().matches(eventType))
                .forEach(prefix -> found.add(prefix.rule()));
        return found.stream().map(rules::get).collect(Collectors.toUnmodifiableList());
    }
}
