package dev.carillon.eventsourced.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All rules, read and compiled once; immutable, so a changed rule is a new book. */
public final class RuleBook {

    /** Event types come from outside; what is remembered about unknown ones must stay bounded. */
    private static final int MAX_CACHED_TYPES = 1_000;

    private final List<Rule> rules;
    private final Map<String, Rule> byId;
    private final boolean hasPrefixes;
    private final Map<String, List<Rule>> byType = new ConcurrentHashMap<>();

    private RuleBook(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        this.byId = rules.stream().collect(Collectors.toUnmodifiableMap(Rule::id, Function.identity()));
        List<String> heard = rules.stream().flatMap(rule -> rule.on().stream()).toList();
        this.hasPrefixes = heard.stream().anyMatch(type -> new EventPattern(type).isPrefix());
        Stream.concat(heard.stream(), rules.stream().flatMap(rule -> rule.after().stream()).flatMap(after -> after.events().stream()))
                .forEach(type -> byType.put(type, search(type)));
    }

    /**
     * Reads and compiles every rule of every source, in this order.
     *
     * @throws InvalidRuleException naming each rule that cannot be used, not only the first
     */
    public static RuleBook parse(List<RuleSource> sources) {
        RuleReader reader = new RuleReader(new Expressions());
        Reading reading = new Reading(reader);
        sources.forEach(reading::read);
        return new RuleBook(reading.rules());
    }

    /** The enabled rules this type is news to, in file order: those that listen to it, and those that want it {@code after} it. */
    public List<Rule> listeningTo(String eventType) {
        List<Rule> known = byType.get(eventType);
        if (known != null) {
            return known;
        }
        if (!hasPrefixes) {
            return List.of();
        }
        List<Rule> found = search(eventType);
        if (byType.size() < MAX_CACHED_TYPES) {
            byType.put(eventType, found);
        }
        return found;
    }

    /** The rule of this id, enabled or not. */
    public Optional<Rule> rule(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Every rule, enabled or not, in file order. */
    public List<Rule> rules() {
        return rules;
    }

    private List<Rule> search(String eventType) {
        return rules.stream().filter(Rule::enabled).filter(rule -> rule.hears(eventType)).toList();
    }

    /** The rules found so far, and what was wrong with the others. */
    private static final class Reading {
        private final RuleReader reader;
        private final List<Rule> rules = new ArrayList<>();
        private final List<InvalidRuleException.Problem> problems = new ArrayList<>();
        private final Map<String, String> places = new HashMap<>();

        Reading(RuleReader reader) {
            this.reader = reader;
        }

        void read(RuleSource source) {
            try {
                YamlReader.read(source).ifPresent(document -> readAll(source, document));
            } catch (InvalidRuleException unreadable) {
                problems.addAll(unreadable.problems());
            }
        }

        private void readAll(RuleSource source, YamlNode document) {
            if (!(document instanceof YamlNode.Sequence list)) {
                problems.add(new InvalidRuleException.Problem(
                        source.name(), null, null, document.at().line(), document.at().column(), "must be a list of rules"));
                return;
            }
            int number = 0;
            for (YamlNode node : list.items()) {
                number++;
                try {
                    add(source, reader.read(source.name(), number, node));
                } catch (InvalidRuleException broken) {
                    problems.addAll(broken.problems());
                }
            }
        }

        private void add(RuleSource source, Rule rule) {
            Position at = rule.position();
            String earlier = places.putIfAbsent(rule.id(), source.name() + ":" + at.line() + ":" + at.column());
            if (earlier != null) {
                problems.add(new InvalidRuleException.Problem(
                        source.name(), rule.id(), "id", at.line(), at.column(), "is taken already, at " + earlier));
                return;
            }
            rules.add(rule);
        }

        List<Rule> rules() {
            if (!problems.isEmpty()) {
                throw new InvalidRuleException(problems);
            }
            return rules;
        }
    }
}
