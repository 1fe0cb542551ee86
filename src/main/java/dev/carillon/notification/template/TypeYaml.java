package dev.carillon.notification.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.carillon.platform.rest.Pointers;
import dev.carillon.platform.yaml.YamlDocument;
import dev.carillon.platform.yaml.YamlDocument.InvalidYamlException;
import dev.carillon.platform.yaml.YamlDocument.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node of a YAML file. It is read strictly: every error names the file and the place.
 *
 * @param document knows where everything stands
 * @param place    a JSON pointer
 * @param written  the node in the document, where every scalar is a text
 * @param value    the same with numbers and flags
 */
record TypeYaml(YamlDocument document, String place, JsonNode written, JsonNode value) {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    static TypeYaml read(String file, String content) {
        try {
            YamlDocument document = YamlDocument.read(file, content);
            return new TypeYaml(document, "", document.root(), YAML.readTree(content));
        } catch (InvalidYamlException invalid) {
            throw broken(file, null, invalid.position(), String.valueOf(invalid.getMessage()), invalid);
        } catch (JsonProcessingException invalid) {
            throw broken(file, null, new Position(1, 1), invalid.getOriginalMessage(), invalid);
        }
    }

    /** Refuses unknown keys: most are misspelt. */
    void only(String... known) {
        children().keySet().stream()
                .filter(key -> !Arrays.asList(known).contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw broken(
                            document.atNameOf(written.path(key)),
                            "'" + key + "' is unknown, known are " + String.join(", ", known));
                });
    }

    Map<String, TypeYaml> children() {
        if (!value.isObject()) {
            throw broken("must be a map");
        }
        Map<String, TypeYaml> children = new LinkedHashMap<>();
        value.properties().forEach(field -> children.put(field.getKey(), at(field.getKey(), field.getValue())));
        return children;
    }

    TypeYaml child(String key) {
        JsonNode child = value.get(key);
        if (child == null || child.isNull()) {
            throw broken("'" + key + "' is missing");
        }
        return at(key, child);
    }

    boolean has(String key) {
        return value.hasNonNull(key);
    }

    String text(String key) {
        TypeYaml child = child(key);
        if (!child.value.isTextual() || child.value.textValue().isBlank()) {
            throw child.broken("must be a text");
        }
        return child.value.textValue();
    }

    boolean flag(String key) {
        TypeYaml child = child(key);
        if (!child.value.isBoolean()) {
            throw child.broken("must be true or false");
        }
        return child.value.booleanValue();
    }

    List<String> texts(String key) {
        TypeYaml child = child(key);
        List<String> texts = new ArrayList<>();
        for (JsonNode element : child.value) {
            if (!element.isTextual()) {
                throw child.broken("must be a list of texts");
            }
            texts.add(element.textValue());
        }
        if (!child.value.isArray() || texts.isEmpty()) {
            throw child.broken("must be a list of at least one text");
        }
        return texts;
    }

    /** The value as maps, lists and scalars. */
    @Nullable
    Object plain() {
        return YAML.convertValue(value, Object.class);
    }

    InvalidTemplateException broken(String why) {
        return broken(document.at(written), why);
    }

    private InvalidTemplateException broken(Position at, String why) {
        return broken(document.name(), place.isEmpty() ? "/" : place, at, why, null);
    }

    private static InvalidTemplateException broken(
            String file, @Nullable String place, Position at, String why, @Nullable Throwable cause) {
        return new InvalidTemplateException(file, place, at.line(), at.column(), why, cause);
    }

    private TypeYaml at(String key, JsonNode child) {
        return new TypeYaml(document, place + Pointers.step(key), written.path(key), child);
    }
}
