package dev.carillon.platform.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import com.fasterxml.jackson.dataformat.yaml.snakeyaml.error.MarkedYAMLException;
import dev.carillon.platform.body.Unstorable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A YAML text as a tree, with the position of everything in it. Every scalar is a text, quoted or not; the reader knows
 * what it must be.
 *
 * <p>It refuses aliases, because through them a small file can expand into a huge one, and duplicate keys, because one
 * of the two would be ignored silently.
 */
public final class YamlDocument {

    private static final YAMLFactory YAML = new YAMLFactory();

    private final String name;
    private final List<String> lines;
    private final Map<JsonNode, Place> places = new IdentityHashMap<>();
    private final JsonNode root;

    /** A place in the text, both 1-based. */
    public record Position(int line, int column) {

        private Position right(int columns) {
            return new Position(line, column + columns);
        }
    }

    /** @param name where the value's key stands; for a value without a key the value itself */
    private record Place(Position name, Position value) {}

    /** A text that is no document as above. */
    public static final class InvalidYamlException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Position position;

        private InvalidYamlException(Position position, String message) {
            super(message);
            this.position = position;
        }

        public Position position() {
            return position;
        }
    }

    private YamlDocument(String name, String text, YAMLParser parser) throws IOException {
        this.name = name;
        this.lines = text.lines().toList();
        this.root = parser.nextToken() == null ? nothing() : node(parser, null);
        if (parser.nextToken() != null) {
            throw refused(position(parser), "one YAML document per file, here begins a second");
        }
    }

    /**
     * Reads a text.
     *
     * @param name how error messages call it
     * @throws InvalidYamlException if it is no single YAML document, or says something twice or by an alias
     */
    public static YamlDocument read(String name, String text) {
        try (YAMLParser parser = YAML.createParser(text)) {
            return new YamlDocument(name, text, parser);
        } catch (JsonProcessingException broken) {
            throw syntaxError(broken);
        } catch (IOException impossible) {
            throw new UncheckedIOException("reading text from memory failed", impossible);
        }
    }

    /** The one document of the text. */
    public JsonNode root() {
        return root;
    }

    /** Whether there is nothing but comments. */
    public boolean isEmpty() {
        return root.isMissingNode() || root.isTextual() && root.textValue().isEmpty();
    }

    public String name() {
        return name;
    }

    public List<String> lines() {
        return lines;
    }

    public Position at(JsonNode node) {
        return placeOf(node).value();
    }

    /** Where the key of this value stands. */
    public Position atNameOf(JsonNode value) {
        return placeOf(value).name();
    }

    /** The position of the character at this index of a scalar; the scalar's own start if that is unknown. */
    public Position at(TextNode scalar, int index) {
        String text = scalar.textValue();
        String before = text.substring(0, Math.min(index, text.length()));
        int line = (int) before.chars().filter(c -> c == '\n').count();
        List<Position> starts = linesOf(text, at(scalar));
        return line < starts.size()
                ? starts.get(line).right(before.length() - before.lastIndexOf('\n') - 1)
                : at(scalar);
    }

    private Place placeOf(JsonNode node) {
        return Objects.requireNonNull(places.get(node), "a node of another document");
    }

    private JsonNode nothing() {
        Position start = new Position(1, 1);
        places.put(MissingNode.getInstance(), new Place(start, start));
        return MissingNode.getInstance();
    }

    /** @param name where its key stands, or null if it has none */
    private JsonNode node(YAMLParser parser, @Nullable Position name) throws IOException {
        Position at = position(parser);
        if (parser.isCurrentAlias()) {
            throw refused(at, "aliases (*" + parser.getText() + ") are not allowed");
        }
        JsonNode node = switch (parser.currentToken()) {
            case START_OBJECT -> mapping(parser);
            case START_ARRAY -> list(parser);
            case VALUE_NULL -> new TextNode("");
            default -> new TextNode(storable(parser.getText(), at));
        };
        places.put(node, new Place(name == null ? at : name, at));
        return node;
    }

    /** Escapes can say what a database cannot keep. */
    private static String storable(String text, Position at) {
        Unstorable.in(text).ifPresent(what -> {
            throw refused(at, "the text must hold no " + what);
        });
        return text;
    }

    private ObjectNode mapping(YAMLParser parser) throws IOException {
        ObjectNode mapping = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Position at = position(parser);
            String name = storable(parser.currentName(), at);
            if (mapping.has(name)) {
                throw refused(at, "'" + name + "' is there twice");
            }
            parser.nextToken();
            mapping.set(name, node(parser, at));
        }
        return mapping;
    }

    private ArrayNode list(YAMLParser parser) throws IOException {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(node(parser, null));
        }
        return list;
    }

    /**
     * Where each line of a scalar begins. It is known only if the file holds it letter by letter: plain, quoted without
     * escapes, or a {@code |} block; otherwise there is none.
     */
    private List<Position> linesOf(String text, Position at) {
        if (text.isBlank() || at.line() > lines.size()) {
            return List.of();
        }
        String line = lines.get(at.line() - 1);
        int begin = Math.min(at.column() - 1, line.length());
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
        return found;
    }

    private static Position position(YAMLParser parser) {
        return position(parser.currentTokenLocation());
    }

    private static Position position(@Nullable JsonLocation location) {
        return location == null ? new Position(1, 1) : new Position(location.getLineNr(), location.getColumnNr());
    }

    private static InvalidYamlException refused(Position at, String message) {
        return new InvalidYamlException(at, message);
    }

    /** The parser's message draws the place over several lines; what is wrong and where is enough. */
    @SuppressWarnings("deprecation") // Jackson offers no other class that knows where the problem is
    private static InvalidYamlException syntaxError(JsonProcessingException broken) {
        Position at = position(broken.getLocation());
        String message =
                String.valueOf(broken.getOriginalMessage()).lines().findFirst().orElse("");
        if (broken instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            at = new Position(
                    marked.getProblemMark().getLine() + 1,
                    marked.getProblemMark().getColumn() + 1);
            message = marked.getProblem();
        }
        return refused(at, "not valid YAML: " + message);
    }
}
