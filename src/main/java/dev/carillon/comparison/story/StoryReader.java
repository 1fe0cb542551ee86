package dev.carillon.comparison.story;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.comparison.story.InvalidStoryException.StoryProblem;
import dev.carillon.comparison.story.Story.Expected;
import dev.carillon.comparison.story.Story.Given;
import dev.carillon.comparison.story.Story.PreferenceChange;
import dev.carillon.comparison.story.Story.PublishedEvent;
import dev.carillon.comparison.story.Story.StoryFact;
import dev.carillon.comparison.story.Story.StoryFaults;
import dev.carillon.comparison.story.Story.StorySize;
import dev.carillon.comparison.story.Story.WrongRule;
import dev.carillon.comparison.story.TextOfParts.StoryTextPart;
import dev.carillon.eventsourced.rule.Calculation;
import dev.carillon.eventsourced.rule.Calculations;
import dev.carillon.eventsourced.rule.Calculations.InvalidCalculationException;
import dev.carillon.eventsourced.rule.InvalidRuleException;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.eventsourced.rule.RuleSource;
import dev.carillon.eventsourced.ruleset.RuleCompiler;
import dev.carillon.notification.template.InvalidTemplateException;
import dev.carillon.notification.template.NotificationType;
import dev.carillon.notification.template.Templates;
import dev.carillon.notification.template.TypeFolder;
import dev.carillon.notification.template.TypeText;
import dev.carillon.platform.value.DidYouMean;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads scenario files. It compiles rules, texts and expressions, so it is not for an event loop. */
@ApplicationScoped
public class StoryReader {

    private static final ObjectMapper PLAIN = new ObjectMapper();
    private static final List<String> KINDS = List.of("look-up", "preferences", "for-each", "call");

    private final Templates templates;
    private final RuleCompiler compiler;
    private final Calculations calculations = new Calculations();

    StoryReader(Templates templates, RuleCompiler compiler) {
        this.templates = templates;
        this.compiler = compiler;
    }

    /**
     * @param name    how error messages call the file
     * @param sampled what the records of a story are called that brings none
     * @throws InvalidStoryException naming everything that is wrong with it
     */
    public Story read(String name, String text, Set<String> sampled) {
        var file = StoryText.read(name, text);
        var form = StorySchema.bundled().errors(file.values());
        if (!form.isEmpty()) {
            throw new InvalidStoryException(inOrder(form.stream()
                    .map(error -> error.field().isEmpty()
                            ? file.problem(error.of(), error.message())
                            : file.missing(error.of(), error.field(), error.message()))));
        }
        return new Reading(file, text, sampled).story();
    }

    private static List<StoryProblem> inOrder(Stream<StoryProblem> problems) {
        return problems.distinct()
                .sorted(Comparator.comparingInt(StoryProblem::line).thenComparingInt(StoryProblem::column))
                .toList();
    }

    /** One file, whose form is right. */
    private final class Reading {

        private final StoryText file;
        private final String text;
        private final JsonNode story;
        private final List<StoryProblem> problems = new ArrayList<>();
        private final Map<String, TypeFolder> types = new LinkedHashMap<>();
        private final Set<String> records;

        Reading(StoryText file, String text, Set<String> sampled) {
            this.file = file;
            this.text = text;
            this.story = file.values();
            this.records = story.has("given") ? fieldsOf(story.path("given").path("records")) : sampled;
        }

        Story story() {
            readTypes();
            var book = story.has("rules") ? rules() : null;
            var facts = new ArrayList<StoryFact>();
            each("facts", (at, fact) -> facts.add(fact(at, fact)));
            var expect = story.has("expect") ? expected(JsonPointer.compile("/expect")) : null;
            var read = new Story(
                    story.path("scenario").asText(),
                    story.path("summary").asText(),
                    given(),
                    book,
                    List.copyOf(types.values()),
                    facts,
                    expect,
                    faults(),
                    text,
                    size());
            if (!problems.isEmpty()) {
                throw new InvalidStoryException(inOrder(problems.stream()));
            }
            return read;
        }

        private void readTypes() {
            story.path("types").propertyStream().forEach(type -> {
                var at = JsonPointer.empty().appendProperty("types").appendProperty(type.getKey());
                try {
                    var files = new LinkedHashMap<String, String>();
                    type.getValue()
                            .propertyStream()
                            .forEach(one ->
                                    files.put(one.getKey(), one.getValue().asText()));
                    types.put(type.getKey(), templates.compile(new TypeText(type.getKey(), files), "story"));
                } catch (InvalidTemplateException unusable) {
                    problems.add(file.problem(at, unusable.getMessage()));
                }
            });
        }

        private Optional<NotificationType> type(String name) {
            return types.containsKey(name) ? Optional.of(types.get(name).type()) : templates.type(name);
        }

        private Collection<String> typeNames() {
            return Stream.concat(
                            fieldsOf(story.path("types")).stream(),
                            templates.types().stream().map(NotificationType::name))
                    .distinct()
                    .toList();
        }

        /** The rules stand in the file as in a file of their own, only deeper: their lines are cut out. */
        private @Nullable RuleBook rules() {
            var at = JsonPointer.compile("/rules");
            var first = file.of(at);
            var block = new ArrayList<String>();
            for (int line = first.line(); line <= file.lines().size(); line++) {
                var written = file.lines().get(line - 1);
                if (!written.isBlank()
                        && written.length() - written.stripLeading().length() < first.column() - 1) {
                    break;
                }
                block.add(written.length() < first.column() ? "" : written.substring(first.column() - 1));
            }
            try {
                var own = Set.copyOf(types.keySet());
                return compiler.compile(
                        new RuleSource(file.name(), String.join("\n", block) + "\n"),
                        name -> own.contains(name) ? type(name) : templates.type(name));
            } catch (InvalidRuleException broken) {
                broken.problems()
                        .forEach(one -> problems.add(file.at(
                                at,
                                one.line() + first.line() - 1,
                                one.column() + first.column() - 1,
                                (one.rule() == null ? "" : "rule '" + one.rule() + "': ")
                                        + (one.field() == null ? "" : one.field() + ": ")
                                        + one.message())));
                return null;
            }
        }

        private @Nullable Given given() {
            var given = story.path("given");
            if (given.isMissingNode()) {
                return null;
            }
            var events = new ArrayList<PublishedEvent>();
            each(JsonPointer.compile("/given/events"), (at, event) -> events.add(event(at, event)));
            var rows = new LinkedHashMap<String, List<Map<String, @Nullable Object>>>();
            given.path("records").propertyStream().forEach(one -> rows.put(one.getKey(), rows(one.getValue())));
            return new Given(rows(given.path("customers")), rows, events);
        }

        private StoryFact fact(JsonPointer at, JsonNode fact) {
            var changes = new ArrayList<RecordChange>();
            each(at.appendProperty("change"), (place, change) -> {
                known(place.appendProperty("records"), "records", records);
                changes.add(new RecordChange(
                        change.path("records").asText(),
                        change.has("where") ? calculation(place.appendProperty("where"), Set.of("fact", "row")) : null,
                        plain(change.path("set")),
                        change.has("add") ? plain(change.path("add")) : null));
            });
            return new StoryFact(
                    fact.path("fact").asText(),
                    fact.path("team").asText(),
                    plain(fact.path("data")),
                    changes,
                    fact.has("event") ? event(at.appendProperty("event"), fact.path("event")) : null,
                    steps(at.appendProperty("calls"), Set.of("fact")));
        }

        private PublishedEvent event(JsonPointer at, JsonNode event) {
            return new PublishedEvent(
                    event.path("type").asText(),
                    event.has("subject") ? parts(at.appendProperty("subject"), Set.of("fact")) : null,
                    event.has("data") ? plain(event.path("data")) : null);
        }

        private List<TeamStep> steps(JsonPointer at, Set<String> names) {
            var steps = new ArrayList<TeamStep>();
            var known = new HashSet<>(names);
            each(at, (place, step) -> {
                var read = step(place, step, known);
                read.ifPresent(steps::add);
                if (step.has("as") && !step.has("for-each")) {
                    known.add(step.path("as").asText());
                }
            });
            return steps;
        }

        private Optional<TeamStep> step(JsonPointer at, JsonNode step, Set<String> names) {
            var kinds = KINDS.stream().filter(step::has).toList();
            if (kinds.size() != 1) {
                problems.add(file.problem(at, "must be exactly one of " + String.join(", ", KINDS)));
                return Optional.empty();
            }
            return switch (kinds.get(0)) {
                case "look-up" -> Optional.ofNullable(lookUp(at, step, names));
                case "preferences" ->
                    needs(at, step, "category", "as")
                            ? Optional.of(new TeamStep.AskPreferences(
                                    calculation(at.appendProperty("preferences"), names),
                                    step.path("category").asText(),
                                    step.path("as").asText()))
                            : Optional.empty();
                case "for-each" -> {
                    var inner = new HashSet<>(names);
                    inner.add(step.path("as").asText());
                    yield needs(at, step, "as", "do")
                            ? Optional.of(new TeamStep.ForEach(
                                    calculation(at.appendProperty("for-each"), names),
                                    step.path("as").asText(),
                                    steps(at.appendProperty("do"), inner)))
                            : Optional.empty();
                }
                default -> needs(at, step, "customer") ? Optional.of(call(at, step, names)) : Optional.empty();
            };
        }

        private TeamStep.@Nullable LookUp lookUp(JsonPointer at, JsonNode step, Set<String> names) {
            known(at.appendProperty("look-up"), "records", records);
            var inRow = new HashSet<>(names);
            inRow.add("row");
            return needs(at, step, "of", "as")
                    ? new TeamStep.LookUp(
                            step.path("look-up").asText(),
                            step.path("of").asText(),
                            step.has("where") ? calculation(at.appendProperty("where"), inRow) : null,
                            step.path("as").asText())
                    : null;
        }

        private TeamStep.Call call(JsonPointer at, JsonNode step, Set<String> names) {
            known(at.appendProperty("call"), "notification types", typeNames());
            var context = new LinkedHashMap<String, Calculation>();
            step.path("context")
                    .propertyStream()
                    .forEach(one -> context.put(
                            one.getKey(),
                            calculation(at.appendProperty("context").appendProperty(one.getKey()), names)));
            type(step.path("call").asText()).ifPresent(type -> {
                type.variables().forEach((variable, described) -> {
                    if (described.required() && !context.containsKey(variable)) {
                        problems.add(file.missing(
                                at,
                                "context",
                                type.name() + " needs the variable " + variable + ", which is not there"));
                    }
                });
                context.keySet().stream()
                        .filter(one -> !type.variables().containsKey(one))
                        .forEach(one -> problems.add(file.problem(
                                at.appendProperty("context").appendProperty(one),
                                "is no variable of " + type.name()
                                        + DidYouMean.hintOrKnown(
                                                one, type.variables().keySet()))));
            });
            return new TeamStep.Call(
                    step.path("call").asText(),
                    calculation(at.appendProperty("customer"), names),
                    step.has("when") ? calculation(at.appendProperty("when"), names) : null,
                    step.has("key") ? parts(at.appendProperty("key"), names) : null,
                    texts(step.path("channels")),
                    context);
        }

        private List<Expected> expected(JsonPointer pointer) {
            var expected = new ArrayList<Expected>();
            var customers = customers();
            each(pointer, (at, one) -> {
                known(at.appendProperty("type"), "notification types", typeNames());
                if (customers.isPresent()) {
                    known(at.appendProperty("customer"), "customers", customers.get());
                }
                type(one.path("type").asText())
                        .ifPresent(type -> IntStream.range(
                                        0, one.path("channels").size())
                                .forEach(n -> known(
                                        at.appendProperty("channels").appendIndex(n), "channels", type.channels())));
                expected.add(new Expected(
                        one.path("customer").asText(),
                        one.path("type").asText(),
                        texts(one.path("channels")),
                        one.has("says") ? one.path("says").asText() : null));
            });
            return expected;
        }

        /** Those of a story that brings its own. */
        private Optional<Collection<String>> customers() {
            var given = story.path("given").path("customers");
            return given.isMissingNode()
                    ? Optional.empty()
                    : Optional.of(IntStream.range(0, given.size())
                            .mapToObj(n -> given.path(n).path("id").asText())
                            .toList());
        }

        private StoryFaults faults() {
            var change = story.path("faults").path("preference-changes");
            var wrong = story.path("faults").path("rule-wrong");
            var choices = new LinkedHashMap<String, Boolean>();
            change.path("choices")
                    .propertyStream()
                    .forEach(one -> choices.put(one.getKey(), one.getValue().asBoolean()));
            if (!wrong.isMissingNode() && !text.contains(wrong.path("find").asText()) && !wrong.has("rule")) {
                problems.add(file.problem(
                        JsonPointer.compile("/faults/rule-wrong/find"), "is not in the text of this file"));
            }
            return new StoryFaults(
                    change.isMissingNode()
                            ? null
                            : new PreferenceChange(
                                    change.path("customer").asText(),
                                    change.path("category").asText(),
                                    choices,
                                    change.has("expect")
                                            ? expected(JsonPointer.compile("/faults/preference-changes/expect"))
                                            : null),
                    wrong.isMissingNode()
                            ? null
                            : new WrongRule(
                                    wrong.path("find").asText(),
                                    wrong.path("put").asText(),
                                    wrong.has("rule") ? wrong.path("rule").asText() : null));
        }

        /** Lines of the sections that belong to one door, without comments and blank ones. */
        private StorySize size() {
            var eventSourced = story.has("rules") ? linesAt(JsonPointer.compile("/rules")) : 0;
            var apiDriven = 0;
            for (int n = 0; n < story.path("facts").size(); n++) {
                var fact = JsonPointer.compile("/facts/" + n);
                apiDriven += story.at(fact).has("calls") ? linesAt(fact.appendProperty("calls")) : 0;
            }
            return new StorySize(eventSourced, apiDriven);
        }

        private int linesAt(JsonPointer pointer) {
            var first = file.of(pointer);
            int lines = 0;
            for (int line = first.line(); line <= file.lines().size(); line++) {
                var written = file.lines().get(line - 1).strip();
                int indent = file.lines().get(line - 1).length()
                        - file.lines().get(line - 1).stripLeading().length();
                if (!written.isEmpty() && indent < first.column() - 1) {
                    break;
                }
                lines += written.isEmpty() || written.startsWith("#") ? 0 : 1;
            }
            return lines;
        }

        private boolean needs(JsonPointer at, JsonNode step, String... fields) {
            var missing = Stream.of(fields).filter(field -> !step.has(field)).toList();
            missing.forEach(field -> problems.add(file.missing(at, field, "is missing")));
            return missing.isEmpty();
        }

        private void known(JsonPointer at, String what, Collection<String> known) {
            var written = story.at(at).asText();
            if (!known.contains(written)) {
                problems.add(file.problem(
                        at, 0, "'" + written + "' is none of the " + what + DidYouMean.hintOrKnown(written, known)));
            }
        }

        private Calculation calculation(JsonPointer at, Set<String> names) {
            return compiled(at, story.at(at).asText(), 0, names);
        }

        private TextOfParts parts(JsonPointer at, Set<String> names) {
            var whole = story.at(at).asText();
            var parts = new ArrayList<StoryTextPart>();
            int done = 0;
            for (int open = whole.indexOf("${"); open >= 0; open = whole.indexOf("${", done)) {
                int close = whole.indexOf('}', open);
                if (close < 0) {
                    problems.add(file.problem(at, open, "this ${ is never closed"));
                    return new TextOfParts(List.of());
                }
                parts.add(new StoryTextPart(whole.substring(done, open), null));
                parts.add(new StoryTextPart("", compiled(at, whole.substring(open + 2, close), open + 2, names)));
                done = close + 1;
            }
            parts.add(new StoryTextPart(whole.substring(done), null));
            return new TextOfParts(parts);
        }

        private Calculation compiled(JsonPointer at, String code, int from, Set<String> names) {
            try {
                return calculations.compile(code, names);
            } catch (InvalidCalculationException broken) {
                problems.add(file.problem(at, from + broken.index(), broken.getMessage()));
                return calculations.compile("false", Set.of());
            }
        }

        private void each(String field, StepReader reader) {
            each(JsonPointer.empty().appendProperty(field), reader);
        }

        private void each(JsonPointer list, StepReader reader) {
            var items = story.at(list);
            for (int n = 0; n < items.size(); n++) {
                reader.read(list.appendIndex(n), items.path(n));
            }
        }
    }

    /** What is done with one item of a list. */
    private interface StepReader {
        void read(JsonPointer at, JsonNode item);
    }

    private static Set<String> fieldsOf(JsonNode mapping) {
        var fields = new HashSet<String>();
        mapping.fieldNames().forEachRemaining(fields::add);
        return fields;
    }

    private static List<String> texts(JsonNode list) {
        return IntStream.range(0, list.size())
                .mapToObj(n -> list.path(n).asText())
                .toList();
    }

    private static List<Map<String, @Nullable Object>> rows(JsonNode list) {
        return IntStream.range(0, list.size())
                .mapToObj(n -> plain(list.path(n)))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> plain(JsonNode mapping) {
        return mapping.isMissingNode() ? Map.of() : PLAIN.convertValue(mapping, LinkedHashMap.class);
    }
}
