package dev.carillon.eventsourced.rule;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A rule as its author wrote it, and its position. It keeps versions readable, and gives later errors an exact
 * position.
 */
public final class RuleText {

    private final String file;
    private final String rule;
    private final String yaml;
    private final YamlNode node;

    private RuleText(String file, String rule, String yaml, YamlNode node) {
        this.file = file;
        this.rule = rule;
        this.yaml = yaml;
        this.node = node;
    }

    /** The piece of a file that holds this rule and ends before the line {@code end} (1-based). */
    static RuleText cut(SourceLines source, String rule, YamlNode node, int end) {
        String piece = piece(source, node.at(), end);
        return new RuleText(source.source().name(), rule, says(piece, node) ? piece : written(node), node);
    }

    /** The name of the file it stands in. */
    public String file() {
        return file;
    }

    /** The rule alone, as one YAML mapping. */
    public String yaml() {
        return yaml;
    }

    /**
     * An error in a field that YAML and CEL alone cannot find.
     *
     * @param field dotted, e.g. {@code notify.type}
     */
    public InvalidRuleException.RuleProblem problem(String field, String message) {
        Position at = placeOf(field);
        return new InvalidRuleException.RuleProblem(file, rule, field, at.line(), at.column(), message);
    }

    private Position placeOf(String field) {
        YamlNode reached = node;
        for (String step : field.split("\\.")) {
            if (!(reached instanceof YamlNode.Mapping mapping)) {
                break;
            }
            YamlNode next = mapping.entries().entrySet().stream()
                    .filter(entry -> entry.getKey().name().equals(step))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(null);
            if (next == null) {
                break;
            }
            reached = next;
        }
        return reached.at();
    }

    /** The lines of the rule, moved left by what the list indents it, without the blank lines and comments before the next one. */
    private static String piece(SourceLines source, Position at, int end) {
        List<String> lines = source.lines();
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
    private static boolean says(String piece, YamlNode node) {
        try {
            return YamlReader.read(new RuleSource("", piece))
                    .filter(read -> read.canonical().equals(node.canonical()))
                    .isPresent();
        } catch (InvalidRuleException notAPiece) {
            return false;
        }
    }

    private static String written(YamlNode node) {
        if (node instanceof YamlNode.Mapping mapping) {
            return mapping.entries().entrySet().stream()
                    .map(entry -> quoted(entry.getKey().name()) + ": " + written(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return node instanceof YamlNode.Sequence sequence
                ? sequence.items().stream().map(RuleText::written).collect(Collectors.joining(", ", "[", "]"))
                : quoted(((YamlNode.YamlText) node).text());
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < ' ') {
                quoted.append(String.format("\\x%02x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
