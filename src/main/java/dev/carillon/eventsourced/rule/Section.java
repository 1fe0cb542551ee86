package dev.carillon.eventsourced.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.carillon.platform.value.PlainDuration;
import dev.carillon.platform.yaml.YamlDocument;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of a rule file that {@link RuleSchema} has found in form. It returns the fields, compiles their expressions,
 * and gives what is still wrong with them its file, rule, field and position.
 *
 * @param prefix what is in front of a field's name in errors: empty, or dotted and with a dot at the end
 * @param loads  the variables of all expressions of the rule that were compiled so far
 */
record Section(
        YamlDocument document,
        String rule,
        String prefix,
        ObjectNode fields,
        Expressions expressions,
        Set<ScopeVariable> loads) {

    static Section ofRule(YamlDocument document, ObjectNode fields, Expressions expressions) {
        return new Section(
                document, fields.path("id").textValue(), "", fields, expressions, EnumSet.noneOf(ScopeVariable.class));
    }

    /** The same fields, whose expressions are about these events. */
    Section about(List<EventPattern> types) {
        return new Section(document, rule, prefix, fields, expressions.about(types), loads);
    }

    /** The same fields, whose expressions are asked of these events, too. */
    Section alsoAbout(List<EventPattern> types) {
        return new Section(document, rule, prefix, fields, expressions.alsoAbout(types), loads);
    }

    /** The same fields, whose expressions see as {@code earlier} an event of one of these types. */
    Section after(List<EventPattern> types) {
        return new Section(document, rule, prefix, fields, expressions.after(types), loads);
    }

    /** Reports the types of a field that nothing describes. */
    void warnOfUnknownTypes(String field) {
        scalars(field)
                .forEach(type -> expressions.warnOfUnknown(
                        new EventPattern(type.textValue()), message -> problem(field, type, 0, message)));
    }

    boolean has(String field) {
        return fields.has(field);
    }

    boolean hasAll(List<String> names) {
        return names.stream().allMatch(this::has);
    }

    boolean isText(String field) {
        return fields.path(field).isTextual();
    }

    /** The names of the fields, in alphabetical order. */
    List<String> names() {
        return fields.propertyStream().map(Map.Entry::getKey).sorted().toList();
    }

    /** What the field says; it must be there. */
    String text(String field) {
        return scalar(field).textValue();
    }

    @Nullable
    String textOrNull(String field) {
        return fields.path(field).textValue();
    }

    /** One text, or all of a list; none if the field is not there. */
    List<String> texts(String field) {
        return scalars(field).stream().map(TextNode::textValue).toList();
    }

    boolean flag(String field, boolean otherwise) {
        return has(field) ? text(field).equals("true") : otherwise;
    }

    int count(String field, int otherwise) {
        return has(field) ? Integer.parseInt(text(field)) : otherwise;
    }

    Duration duration(String field) {
        return PlainDuration.of(text(field)).orElseThrow();
    }

    @Nullable
    Duration durationOrNull(String field) {
        return has(field) ? duration(field) : null;
    }

    Section section(String field) {
        return new Section(document, rule, prefix + field + ".", (ObjectNode) fields.path(field), expressions, loads);
    }

    /** The field's CEL, compiled; null if the field is not there. */
    @Nullable
    Expression expressionOrNull(String field, Set<ScopeVariable> available, ResultType expected) {
        return has(field) ? expression(field, available, expected) : null;
    }

    Expression expression(String field, Set<ScopeVariable> available, ResultType expected) {
        return compiled(snippet(field), available, expected);
    }

    /** The same, for an expression whose literals must not be what {@code wrong} reports. */
    Expression expression(
            String field, Set<ScopeVariable> available, ResultType expected, Function<String, Optional<String>> wrong) {
        expressions.requireLiterals(snippet(field), available, wrong);
        return expression(field, available, expected);
    }

    Expression compiled(Snippet snippet, Set<ScopeVariable> available, ResultType expected) {
        Expression expression = expressions.compile(snippet, available, expected);
        loads.addAll(expression.loads());
        return expression;
    }

    /** The facts that the expressions compiled so far mention, in this section and in all of its rule. */
    Set<Fact> facts() {
        return loads.stream().flatMap(variable -> variable.fact().stream()).collect(Collectors.toUnmodifiableSet());
    }

    private Snippet snippet(String field) {
        TextNode text = scalar(field);
        return new Snippet(this, field, text, 0, text.textValue().length());
    }

    /** The field's text with CEL parts, compiled. */
    TextTemplate template(String field, Set<ScopeVariable> available) {
        return templates(field, available).get(0);
    }

    @Nullable
    TextTemplate templateOrNull(String field, Set<ScopeVariable> available) {
        return has(field) ? template(field, available) : null;
    }

    List<TextTemplate> templates(String field, Set<ScopeVariable> available) {
        return scalars(field).stream()
                .map(text -> TextTemplate.read(this, field, text, available))
                .toList();
    }

    /** A problem with what a field says. */
    InvalidRuleException problem(String field, String message) {
        return problem(field, document.at(fields.path(field)), message);
    }

    /** A problem with a field being there at all. */
    InvalidRuleException unwanted(String field, String message) {
        return problem(field, document.atNameOf(fields.path(field)), message);
    }

    /** A problem at a character of a field's text. */
    InvalidRuleException problem(String field, TextNode text, int index, String message) {
        return problem(field, document.at(text, index), message);
    }

    private InvalidRuleException problem(String field, YamlDocument.Position at, String message) {
        return new InvalidRuleException(
                InvalidRuleException.RuleProblem.of(document, rule, prefix + field, at, message));
    }

    private TextNode scalar(String field) {
        return (TextNode) fields.path(field);
    }

    private List<TextNode> scalars(String field) {
        JsonNode value = fields.path(field);
        return value instanceof TextNode text
                ? List.of(text)
                : StreamSupport.stream(value.spliterator(), false)
                        .map(TextNode.class::cast)
                        .toList();
    }
}
