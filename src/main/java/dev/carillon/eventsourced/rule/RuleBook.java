package dev.carillon.eventsourced.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.platform.yaml.YamlDocument;
import dev.carillon.platform.yaml.YamlDocument.InvalidYamlException;
import dev.carillon.platform.yaml.YamlDocument.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All rules, read and compiled once. Immutable: a changed rule makes a new book. */
public final class RuleBook {

    private final List<Rule> rules;
    private final Map<String, Rule> byId;
    private final Map<String, RuleText> texts;
    private final RuleIndex index;
    private final List<InvalidRuleException.RuleProblem> warnings;

    private RuleBook(List<Rule> rules, Map<String, RuleText> texts, List<InvalidRuleException.RuleProblem> warnings) {
        this.warnings = warnings;
        this.rules = List.copyOf(rules);
        this.texts = Map.copyOf(texts);
        this.byId = rules.stream().collect(Collectors.toUnmodifiableMap(Rule::id, Function.identity()));
        this.index = new RuleIndex(this.rules);
    }

    /**
     * Reads and compiles every rule of every source, in this order.
     *
     * @param shapes what expressions say of an event's data is checked where every type a rule listens to has a shape
     * @throws InvalidRuleException  naming each rule that cannot be used, not only the first, and what is out of bounds
     * @throws CancellationException when nobody waits any more
     */
    public static RuleBook parse(List<RuleSource> sources, EventShapes shapes, ReadingBounds bounds) {
        RuleBookBuilder reading = new RuleBookBuilder(shapes, bounds);
        sources.forEach(source -> reading.read(source, false));
        return reading.book();
    }

    /** The same for one rule that stands alone: a mapping, or a list of one. */
    public static RuleBook single(RuleSource source, EventShapes shapes, ReadingBounds bounds) {
        RuleBookBuilder reading = new RuleBookBuilder(shapes, bounds);
        reading.read(source, true);
        return reading.book();
    }

    /** Rules compiled before, in this order; their texts are not kept. */
    public static RuleBook of(List<Rule> rules) {
        return new RuleBook(rules, Map.of(), List.of());
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

    /** What can be used, and is most likely not what its author meant; of a book that was read. */
    public List<InvalidRuleException.RuleProblem> warnings() {
        return warnings;
    }

    /** Every rule, enabled or not, in file order. */
    public List<Rule> rules() {
        return rules;
    }

    /** Collects the rules found so far, and the errors in the others. */
    private static final class RuleBookBuilder {
        private final Expressions expressions;
        private final ReadingBounds bounds;
        private final List<Rule> rules = new ArrayList<>();
        private final List<InvalidRuleException.RuleProblem> problems = new ArrayList<>();
        private final Map<String, String> places = new HashMap<>();
        private final Map<String, RuleText> texts = new HashMap<>();

        RuleBookBuilder(EventShapes shapes, ReadingBounds bounds) {
            this.expressions = new Expressions(shapes, bounds);
            this.bounds = bounds;
        }

        void read(RuleSource source, boolean alone) {
            try {
                YamlDocument document = YamlDocument.read(source.name(), source.yaml());
                if (!document.isEmpty()) {
                    readAll(document, alone);
                } else if (alone) {
                    problems.add(InvalidRuleException.RuleProblem.of(
                            document, null, null, new Position(1, 1), "says nothing; must be a rule"));
                }
            } catch (InvalidYamlException unreadable) {
                Position at = unreadable.position();
                problems.add(new InvalidRuleException.RuleProblem(
                        source.name(), null, null, at.line(), at.column(), String.valueOf(unreadable.getMessage())));
            }
        }

        private void readAll(YamlDocument document, boolean alone) {
            JsonNode root = document.root();
            if (alone && root.isObject()) {
                readOne(document, null, root, Integer.MAX_VALUE);
                return;
            }
            Optional<String> wrong = wrongWith(root, alone);
            if (wrong.isPresent()) {
                problems.add(InvalidRuleException.RuleProblem.of(document, null, null, document.at(root), wrong.get()));
                return;
            }
            for (int index = 0; index < root.size(); index++) {
                int end = index + 1 < root.size()
                        ? document.at(root.path(index + 1)).line()
                        : Integer.MAX_VALUE;
                readOne(document, alone ? null : "#" + (index + 1), root.path(index), end);
            }
        }

        private Optional<String> wrongWith(JsonNode root, boolean alone) {
            if (!root.isArray()) {
                return Optional.of(alone ? "must be a rule" : "must be a list of rules");
            }
            return alone && root.size() != 1
                    ? Optional.of("must be one rule, not " + root.size())
                    : bounds.tooMany(root.size());
        }

        private void readOne(YamlDocument document, @Nullable String unnamed, JsonNode node, int end) {
            bounds.goOn();
            try {
                Rule rule = RuleReader.read(document, unnamed, node, expressions);
                add(document.name(), rule);
                texts.putIfAbsent(rule.id(), RuleText.cut(document, (ObjectNode) node, end));
            } catch (InvalidRuleException broken) {
                problems.addAll(broken.problems());
            }
        }

        private void add(String file, Rule rule) {
            Position at = rule.position();
            String earlier = places.putIfAbsent(rule.id(), file + ":" + at.line() + ":" + at.column());
            if (earlier != null) {
                problems.add(new InvalidRuleException.RuleProblem(
                        file, rule.id(), "id", at.line(), at.column(), "is taken already, at " + earlier));
                return;
            }
            rules.add(rule);
        }

        RuleBook book() {
            if (!problems.isEmpty()) {
                throw new InvalidRuleException(problems);
            }
            return new RuleBook(rules, texts, expressions.warnings());
        }
    }
}
