package dev.carillon.comparison.story;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.carillon.comparison.story.InvalidStoryException.StoryProblem;
import dev.carillon.platform.yaml.YamlDocument;
import dev.carillon.platform.yaml.YamlDocument.InvalidYamlException;
import dev.carillon.platform.yaml.YamlDocument.Position;
import java.util.List;

/** The text of a scenario file: its values with their types, and the place of each. */
final class StoryText {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));

    private final String name;
    private final YamlDocument places;
    private final JsonNode values;

    private StoryText(String name, YamlDocument places, JsonNode values) {
        this.name = name;
        this.places = places;
        this.values = values;
    }

    static StoryText read(String name, String text) {
        try {
            var places = YamlDocument.read(name, text);
            if (places.isEmpty()) {
                throw new InvalidStoryException(List.of(new StoryProblem(name, "", 1, 1, "is empty")));
            }
            return new StoryText(name, places, YAML.readTree(text));
        } catch (InvalidYamlException broken) {
            throw refused(name, broken.position(), broken.getMessage());
        } catch (JsonProcessingException broken) {
            throw refused(name, new Position(1, 1), "is not valid YAML");
        }
    }

    private static InvalidStoryException refused(String name, Position at, String message) {
        return new InvalidStoryException(List.of(new StoryProblem(name, "", at.line(), at.column(), message)));
    }

    String name() {
        return name;
    }

    JsonNode values() {
        return values;
    }

    List<String> lines() {
        return places.lines();
    }

    /** A problem with the value at a pointer. */
    StoryProblem problem(JsonPointer pointer, String message) {
        var node = places.root().at(pointer);
        var at = node.isMissingNode() ? new Position(1, 1) : places.atNameOf(node);
        return new StoryProblem(name, pointer.toString(), at.line(), at.column(), message);
    }

    /** A problem with the character at this index of the text at a pointer. */
    StoryProblem problem(JsonPointer pointer, int index, String message) {
        var node = places.root().at(pointer);
        var at = node instanceof TextNode text ? places.at(text, index) : places.at(node);
        return new StoryProblem(name, pointer.toString(), at.line(), at.column(), message);
    }

    /** Something is missing in the mapping at a pointer. */
    StoryProblem missing(JsonPointer pointer, String field, String message) {
        var at = places.at(places.root().at(pointer));
        return new StoryProblem(name, pointer.appendProperty(field).toString(), at.line(), at.column(), message);
    }

    StoryProblem at(JsonPointer pointer, int line, int column, String message) {
        return new StoryProblem(name, pointer.toString(), line, column, message);
    }

    Position of(JsonPointer pointer) {
        return places.at(places.root().at(pointer));
    }
}
