package dev.carillon.eventsourced.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.platform.yaml.YamlDocument;
import dev.carillon.platform.yaml.YamlDocument.InvalidYamlException;
import dev.carillon.platform.yaml.YamlDocument.Position;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A rule as its author wrote it, and its position. It keeps versions readable, and gives later errors an exact
 * position.
 */
public record RuleText(YamlDocument document, ObjectNode fields, String yaml) {

    /** The piece of a file that holds this rule and ends before the line {@code end} (1-based). */
    static RuleText cut(YamlDocument document, ObjectNode fields, int end) {
        String piece = piece(document.lines(), document.at(fields), end);
        return new RuleText(document, fields, says(piece, fields) ? piece : fields.toString());
    }

    /** The name of the file it stands in. */
    public String file() {
        return document.name();
    }

    /**
     * An error in a field that YAML and CEL alone cannot find.
     *
     * @param field dotted, e.g. {@code notify.type}
     */
    public InvalidRuleException.RuleProblem problem(String field, String message) {
        JsonNode reached = fields;
        for (String step : field.split("\\.")) {
            reached = reached.path(step).isMissingNode() ? reached : reached.path(step);
        }
        return InvalidRuleException.RuleProblem.of(
                document, fields.path("id").textValue(), field, document.at(reached), message);
    }

    /** The lines of the rule, moved left by what the list indents it, without the blank lines and comments before the next one. */
    private static String piece(List<String> lines, Position at, int end) {
        int last = Math.min(end - 1, lines.size());
        while (last > at.line() && isFiller(lines.get(last - 1))) {
            last--;
        }
        if (at.line() > last) {
            return "";
        }
        int indent = at.column() - 1;
        return lines.subList(at.line() - 1, last).stream()
                .map(line -> line.isBlank() ? "" : line.substring(Math.min(indent, line.length())))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static boolean isFiller(String line) {
        return line.isBlank() || line.strip().startsWith("#");
    }

    /**
     * Several rules on one line, or lines that begin left of the rule, cannot be cut out: the result would read
     * differently.
     */
    private static boolean says(String piece, ObjectNode fields) {
        try {
            return YamlDocument.read("", piece).root().equals(fields);
        } catch (InvalidYamlException notAPiece) {
            return false;
        }
    }
}
