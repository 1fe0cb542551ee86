package dev.carillon.eventsourced.rule;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import com.fasterxml.jackson.dataformat.yaml.snakeyaml.error.MarkedYAMLException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads YAML into nodes with positions.
 *
 * <p>It refuses aliases, because through them a small file can expand into a huge one, and duplicate keys, because one
 * of the two would be ignored silently.
 */
final class YamlReader {

    private static final YAMLFactory YAML = new YAMLFactory();

    private final RuleSource source;
    private final YAMLParser parser;
    private final List<String> lines;

    private YamlReader(RuleSource source, YAMLParser parser) {
        this.source = source;
        this.parser = parser;
        this.lines = source.yaml().lines().toList();
    }

    /** The one document of the file, or empty if there is nothing but comments. */
    static Optional<YamlNode> read(RuleSource source) {
        try (YAMLParser parser = YAML.createParser(source.yaml())) {
            return new YamlReader(source, parser).document();
        } catch (JsonProcessingException broken) {
            throw syntaxError(source, broken);
        } catch (IOException impossible) {
            throw new UncheckedIOException("reading text from memory failed", impossible);
        }
    }

    private Optional<YamlNode> document() throws IOException {
        if (parser.nextToken() == null) {
            return Optional.empty();
        }
        YamlNode document = node();
        if (parser.nextToken() != null) {
            throw problem(position(), "one YAML document per file, here begins a second");
        }
        return document instanceof YamlNode.YamlText text && text.text().isEmpty()
                ? Optional.empty()
                : Optional.of(document);
    }

    private YamlNode node() throws IOException {
        if (parser.isCurrentAlias()) {
            throw problem(position(), "aliases (*" + parser.getText() + ") are not allowed");
        }
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return mapping();
        }
        return token == JsonToken.START_ARRAY ? sequence() : scalar();
    }

    private YamlNode.Mapping mapping() throws IOException {
        Position at = position();
        Map<YamlNode.YamlKey, YamlNode> entries = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            YamlNode.YamlKey key = new YamlNode.YamlKey(parser.currentName(), position());
            if (!names.add(key.name())) {
                throw problem(key.at(), "'" + key.name() + "' is there twice");
            }
            parser.nextToken();
            entries.put(key, node());
        }
        return new YamlNode.Mapping(entries, at);
    }

    private YamlNode.Sequence sequence() throws IOException {
        Position at = position();
        List<YamlNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node());
        }
        return new YamlNode.Sequence(List.copyOf(items), at);
    }

    private YamlNode.YamlText scalar() throws IOException {
        Position at = position();
        String text = parser.currentToken() == JsonToken.VALUE_NULL ? "" : parser.getText();
        return new YamlNode.YamlText(text, at, linesOf(text, at));
    }

    /**
     * A position inside a scalar is known only if the file holds it letter by letter: plain, quoted without escapes, or
     * a {@code |} block.
     */
    private List<Position> linesOf(String text, Position at) {
        if (text.isBlank() || at.line() > lines.size()) {
            return List.of();
        }
        String line = lines.get(at.line() - 1);
        int begin = Math.min(
                at.column() - 1, line.length()); // the line is not copied: a document may be one line of many texts
        if (line.startsWith("|", begin)) {
            return linesOfBlock(text, at.line() + 1);
        }
        int quote = line.startsWith("\"", begin) || line.startsWith("'", begin) ? 1 : 0;
        return line.startsWith(text, begin + quote) ? List.of(at.right(quote)) : List.of();
    }

    private List<Position> linesOfBlock(String text, int firstLine) {
        List<Position> found = new ArrayList<>();
        for (String wanted : text.lines().toList()) {
            int number = firstLine + found.size();
            String line = number <= lines.size() ? lines.get(number - 1) : "";
            if (!line.endsWith(wanted)) {
                return List.of();
            }
            found.add(new Position(number, line.length() - wanted.length() + 1));
        }
        return List.copyOf(found);
    }

    private Position position() {
        return position(parser.currentTokenLocation());
    }

    private static Position position(@Nullable JsonLocation location) {
        return location == null ? new Position(1, 1) : new Position(location.getLineNr(), location.getColumnNr());
    }

    private InvalidRuleException problem(Position at, String message) {
        return problem(source, at, message);
    }

    private static InvalidRuleException problem(RuleSource source, Position at, String message) {
        return new InvalidRuleException(List.of(
                new InvalidRuleException.RuleProblem(source.name(), null, null, at.line(), at.column(), message)));
    }

    /** The parser's message draws the place over several lines; what is wrong and where is enough. */
    @SuppressWarnings("deprecation") // Jackson offers no other class that knows where the problem is
    private static InvalidRuleException syntaxError(RuleSource source, JsonProcessingException broken) {
        if (broken instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            Position at = new Position(
                    marked.getProblemMark().getLine() + 1,
                    marked.getProblemMark().getColumn() + 1);
            return problem(source, at, "not valid YAML: " + marked.getProblem());
        }
        String message =
                String.valueOf(broken.getOriginalMessage()).lines().findFirst().orElse("");
        return problem(source, position(broken.getLocation()), "not valid YAML: " + message);
    }
}
