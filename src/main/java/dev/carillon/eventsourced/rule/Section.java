package dev.carillon.eventsourced.rule;

import dev.carillon.platform.value.PlainDuration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of a rule file while it is read. It returns the fields, and reports every error with file, rule, field and
 * position.
 */
final class Section {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final String file;
    private final String rule;
    private final String prefix;
    private final Position at;
    private final Map<String, Map.Entry<YamlNode.YamlKey, YamlNode>> fields;

    private Section(String file, String rule, String prefix, YamlNode.Mapping mapping) {
        this.file = file;
        this.rule = rule;
        this.prefix = prefix;
        this.at = mapping.at();
        this.fields = mapping.entries().entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().name(), entry -> entry));
    }

    /** A rule of a file; {@code number} stands in for the id as long as there is none. */
    static Section ofRule(String file, int number, YamlNode node) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            throw new InvalidRuleException(List.of(new InvalidRuleException.RuleProblem(
                    file, "#" + number, null, node.at().line(), node.at().column(), "must be a mapping of fields")));
        }
        Section unnamed = new Section(file, "#" + number, "", mapping);
        return new Section(file, unnamed.name("id"), "", mapping);
    }

    /** Refuses every field not named here, each by name; call it first. */
    void only(Set<String> known) {
        List<InvalidRuleException.RuleProblem> unknown = fields.values().stream()
                .map(Map.Entry::getKey)
                .filter(key -> !known.contains(key.name()))
                .flatMap(key -> problem(
                        key.name(),
                        key.at(),
                        "is not known here; known are "
                                + known.stream().sorted().collect(Collectors.joining(", ")))
                        .problems()
                        .stream())
                .toList();
        if (!unknown.isEmpty()) {
            throw new InvalidRuleException(unknown);
        }
    }

    boolean has(String field) {
        return fields.containsKey(field);
    }

    Position at() {
        return at;
    }

    /** The position of the field's name. */
    Position at(String field) {
        Map.Entry<YamlNode.YamlKey, YamlNode> found = fields.get(field);
        return found == null ? at : found.getKey().at();
    }

    /** The field's scalar, which must be there and say something. */
    YamlNode.YamlText text(String field) {
        return scalar(field, required(field));
    }

    /** An identifier: letters, digits, dot, dash and underscore, at most 100 characters. */
    String name(String field) {
        return name(field, text(field));
    }

    String name(String field, YamlNode.YamlText text) {
        if (!NAME.matcher(text.text()).matches()) {
            throw problem(
                    field, text.at(), "'" + text.text() + "' must be letters, digits, '.', '_' and '-', at most 100");
        }
        return text.text();
    }

    boolean flag(String field, boolean otherwise) {
        if (!has(field)) {
            return otherwise;
        }
        YamlNode.YamlText text = text(field);
        return switch (text.text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw problem(field, text.at(), "must be true or false, not '" + text.text() + "'");
        };
    }

    /** An ISO 8601 duration of days, hours, minutes and seconds. */
    Duration duration(String field) {
        return durationOr("", field);
    }

    /** The same where the field may also say {@code other}, which the caller has looked for. */
    Duration durationOr(String other, String field) {
        YamlNode.YamlText text = text(field);
        return PlainDuration.of(text.text())
                .orElseThrow(() ->
                        problem(field, text.at(), "'" + text.text() + "' must be " + other + PlainDuration.IN_WORDS));
    }

    /** A whole number from 1 to {@code most}. */
    int count(String field, int otherwise, int most) {
        if (!has(field)) {
            return otherwise;
        }
        YamlNode.YamlText text = text(field);
        if (text.text().matches("[0-9]{1,9}")) {
            int count = Integer.parseInt(text.text());
            if (count >= 1 && count <= most) {
                return count;
            }
        }
        throw problem(field, text.at(), "'" + text.text() + "' must be a whole number from 1 to " + most);
    }

    /** A list of scalars with at least one entry. */
    List<YamlNode.YamlText> list(String field) {
        YamlNode node = required(field);
        if (!(node instanceof YamlNode.Sequence sequence)) {
            throw problem(field, node.at(), "must be a list");
        }
        if (sequence.items().isEmpty()) {
            throw problem(field, node.at(), "must not be empty");
        }
        return sequence.items().stream().map(item -> scalar(field, item)).toList();
    }

    /** One scalar, or a list of them. */
    List<YamlNode.YamlText> oneOrMore(String field) {
        return required(field) instanceof YamlNode.Sequence ? list(field) : List.of(text(field));
    }

    boolean isText(String field) {
        return required(field) instanceof YamlNode.YamlText;
    }

    Section section(String field) {
        YamlNode node = required(field);
        if (!(node instanceof YamlNode.Mapping mapping)) {
            throw problem(field, node.at(), "must be a mapping of fields");
        }
        return new Section(file, rule, prefix + field + ".", mapping);
    }

    /** The names of the fields, in alphabetical order. */
    List<String> fields() {
        return fields.keySet().stream().sorted().toList();
    }

    InvalidRuleException problem(@Nullable String field, Position at, String message) {
        return new InvalidRuleException(List.of(new InvalidRuleException.RuleProblem(
                file, rule, field == null ? null : prefix + field, at.line(), at.column(), message)));
    }

    private YamlNode required(String field) {
        Map.Entry<YamlNode.YamlKey, YamlNode> found = fields.get(field);
        if (found == null) {
            throw problem(field, at, "is missing");
        }
        return found.getValue();
    }

    private YamlNode.YamlText scalar(String field, YamlNode node) {
        if (!(node instanceof YamlNode.YamlText text)) {
            throw problem(
                    field,
                    node.at(),
                    "must be text, not a " + (node instanceof YamlNode.Sequence ? "list" : "mapping"));
        }
        if (text.text().isBlank()) {
            throw problem(field, text.at(), "is empty");
        }
        return text;
    }
}
