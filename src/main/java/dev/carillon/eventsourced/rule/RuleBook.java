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
    private final Map<String, RuleText> texts;
    private final boolean hasPrefixes;
    private final Map<String, List<Rule>> byType = new ConcurrentHashMap<>();

    private RuleBook(List<Rule> rules, Map<String, RuleText> texts) {
        this.rules = List.copyOf(rules);
        this.texts = Map.copyOf(texts);
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
        return parse(sources, EventShapes.NONE);
    }

    /**
     * The same; what expressions say of an event's data is checked where every type a rule listens to has a shape.
     *
     * @throws InvalidRuleException naming each rule that cannot be used, not only the first
     */
    public static RuleBook parse(List<RuleSource> sources, EventShapes shapes) {
        Reading reading = new Reading(new RuleReader(new Expressions(shapes)));
        sources.forEach(source -> reading.read(source, false));
        return reading.book();
    }

    /**
     * Reads and compiles one rule that stands alone: a mapping, or a list of one.
     *
     * @throws InvalidRuleException if it cannot be used
     */
    public static RuleBook single(RuleSource source, EventShapes shapes) {
        Reading reading = new Reading(new RuleReader(new Expressions(shapes)));
        reading.read(source, true);
        return reading.book();
    }

    /** Rules compiled before, in this order; their texts are not kept. */
    public static RuleBook of(List<Rule> rules) {
        return new RuleBook(rules, Map.of());
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

    /** The rule of this id as it was written, for a book that was read. */
    public Optional<RuleText> text(String id) {
        return Optional.ofNullable(texts.get(id));
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
        private final Map<String, RuleText> texts = new HashMap<>();

        Reading(RuleReader reader) {
            this.reader = reader;
        }

        void read(RuleSource source, boolean alone) {
            try {
                Optional<YamlNode> document = YamlReader.read(source);
                if (document.isEmpty() && alone) {
                    problems.add(about(source, new Position(1, 1), "says nothing; must be a rule"));
                }
                document.ifPresent(node -> readAll(source, node, alone));
            } catch (InvalidRuleException unreadable) {
                problems.addAll(unreadable.problems());
            }
        }

        private void readAll(RuleSource source, YamlNode document, boolean alone) {
            if (alone && document instanceof YamlNode.Mapping) {
                readOne(source, 1, document, Integer.MAX_VALUE);
                return;
            }
            if (!(document instanceof YamlNode.Sequence list)) {
                problems.add(about(source, document.at(), alone ? "must be a rule" : "must be a list of rules"));
                return;
            }
            List<YamlNode> items = list.items();
            if (alone && items.size() != 1) {
                problems.add(about(source, document.at(), "must be one rule, not " + items.size()));
                return;
            }
            for (int index = 0; index < items.size(); index++) {
                int end = index + 1 < items.size() ? items.get(index + 1).at().line() : Integer.MAX_VALUE;
                readOne(source, index + 1, items.get(index), end);
            }
        }

        private void readOne(RuleSource source, int number, YamlNode node, int end) {
            try {
                Rule rule = reader.read(source.name(), number, node);
                add(source, rule);
                texts.putIfAbsent(rule.id(), RuleText.cut(source, rule.id(), node, end));
            } catch (InvalidRuleException broken) {
                problems.addAll(broken.problems());
            }
        }

        private static InvalidRuleException.Problem about(RuleSource source, Position at, String message) {
            return new InvalidRuleException.Problem(source.name(), null, null, at.line(), at.column(), message);
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

        RuleBook book() {
            if (!problems.isEmpty()) {
                throw new InvalidRuleException(problems);
            }
            return new RuleBook(rules, texts);
        }
    }
}
