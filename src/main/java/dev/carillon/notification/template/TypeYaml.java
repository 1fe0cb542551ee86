package dev.carillon.notification.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node of a YAML file. It is read strictly: every error names the file and the place. */
record TypeYaml(String file, String place, JsonNode value) {

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    static TypeYaml read(String file, String content) {
        try {
            return new TypeYaml(file, "", YAML.readTree(content));
        } catch (JsonProcessingException e) {
            boolean placed = e.getLocation() != null;
            throw new InvalidTemplateException(
                    file,
                    null,
                    placed ? e.getLocation().getLineNr() : 1,
                    placed ? e.getLocation().getColumnNr() : null,
                    e.getOriginalMessage(),
                    e);
        }
    }

    /** Refuses unknown keys: most are misspelt. */
    void only(String... known) {
        children().keySet().stream()
                .filter(key -> !Arrays.asList(known).contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw broken("'" + key + "' is unknown, known are " + String.join(", ", known));
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
        return new InvalidTemplateException(file, place.isEmpty() ? "/" : place, null, null, why, null);
    }

    private TypeYaml at(String key, JsonNode child) {
        return new TypeYaml(file, place + "/" + key, child);
    }
}
