package dev.carillon.eventsourced.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All rules, read and compiled once. Immutable: a changed rule makes a new book. */
public final class RuleBook {

    private final List<Rule> rules;
    private final Map<String, Rule> byId;
    private final Map<String, RuleText> texts;
    private final RuleIndex index;

    private RuleBook(List<Rule> rules, Map<String, RuleText> texts) {
        this.rules = List.copyOf(rules);
        this.texts = Map.copyOf(texts);
        this.byId = rules.stream().collect(Collectors.toUnmodifiableMap(Rule::id, Function.identity()));
        this.index = new RuleIndex(this.rules);
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
        return parse(sources, shapes, ReadingBounds.none());
    }

    /**
     * The same, within bounds.
     *
     * @throws InvalidRuleException  naming each rule that cannot be used, and what is out of bounds
     * @throws CancellationException when nobody waits any more
     */
    public static RuleBook parse(List<RuleSource> sources, EventShapes shapes, ReadingBounds bounds) {
        RuleBookBuilder reading = new RuleBookBuilder(shapes, bounds);
        sources.forEach(source -> reading.read(source, false));
        return reading.book();
    }

    /**
     * Reads and compiles one rule that stands alone: a mapping, or a list of one.
     *
     * @throws InvalidRuleException if it cannot be used
     */
    public static RuleBook single(RuleSource source, EventShapes shapes) {
        return single(source, shapes, ReadingBounds.none());
    }

    /**
     * The same, within bounds.
     *
     * @throws InvalidRuleException  if it cannot be used
     * @throws CancellationException when nobody waits any more
     */
    public static RuleBook single(RuleSource source, EventShapes shapes, ReadingBounds bounds) {
        RuleBookBuilder reading = new RuleBookBuilder(shapes, bounds);
        reading.read(source, true);
        return reading.book();
    }

    /** Rules compiled before, in this order; their texts are not kept. */
    public static RuleBook of(List<Rule> rules) {
        return new RuleBook(rules, Map.of());
    }

    /** The enabled rules this type is news to, in file order: those that listen to it, and those that want it {@code after} it. */
    public List<Rule> listeningTo(String eventType) {
        return index.listeningTo(eventType);
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

    /** Collects the rules found so far, and the errors in the others. */
    private static final class RuleBookBuilder {
        private final RuleReader reader;
        private final ReadingBounds bounds;
        private final List<Rule> rules = new ArrayList<>();
        private final List<InvalidRuleException.RuleProblem> problems = new ArrayList<>();
        private final Map<String, String> places = new HashMap<>();
        private final Map<String, RuleText> texts = new HashMap<>();

        RuleBookBuilder(EventShapes shapes, ReadingBounds bounds) {
            this.reader = new RuleReader(new Expressions(shapes, bounds));
            this.bounds = bounds;
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
            SourceLines lines = new SourceLines(source);
            if (alone && document instanceof YamlNode.Mapping) {
                readOne(lines, 1, document, Integer.MAX_VALUE);
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
            Optional<String> tooMany = bounds.tooMany(items.size());
            if (tooMany.isPresent()) {
                problems.add(about(source, document.at(), tooMany.get()));
                return;
            }
            for (int index = 0; index < items.size(); index++) {
                int end = index + 1 < items.size() ? items.get(index + 1).at().line() : Integer.MAX_VALUE;
                readOne(lines, index + 1, items.get(index), end);
            }
        }

        private void readOne(SourceLines lines, int number, YamlNode node, int end) {
            bounds.goOn();
            try {
                Rule rule = reader.read(lines.source().name(), number, node);
                add(lines.source(), rule);
                texts.putIfAbsent(rule.id(), RuleText.cut(lines, rule.id(), node, end));
            } catch (InvalidRuleException broken) {
                problems.addAll(broken.problems());
            }
        }

        private static InvalidRuleException.RuleProblem about(RuleSource source, Position at, String message) {
            return new InvalidRuleException.RuleProblem(source.name(), null, null, at.line(), at.column(), message);
        }

        private void add(RuleSource source, Rule rule) {
            Position at = rule.position();
            String earlier = places.putIfAbsent(rule.id(), source.name() + ":" + at.line() + ":" + at.column());
            if (earlier != null) {
                problems.add(new InvalidRuleException.RuleProblem(
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
