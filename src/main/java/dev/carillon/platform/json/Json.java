package dev.carillon.platform.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts JSON text to values and back, for columns of type {@code json}. */
@ApplicationScoped
public class Json {

    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private final ObjectMapper mapper;
    private final ObjectMapper tolerant;
    private final ObjectReader maps;

    public Json(ObjectMapper mapper) {
        this.mapper = mapper;
        this.tolerant = mapper.copy()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(
                        DeserializationFeature
                                .ACCEPT_FLOAT_AS_INT); // an event's 3.0, which its schema takes for an integer
        this.tolerant
                .coercionConfigDefaults()
                .setAcceptBlankAsEmpty(true) // an event's "" where a date may be
                .setCoercion(CoercionInputShape.EmptyString, CoercionAction.AsNull);
        this.maps = mapper.readerFor(MAP).with(DeserializationFeature.USE_LONG_FOR_INTS);
    }

    public String write(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("value does not become JSON", e);
        }
    }

    /** Plain values: strings, {@code Long}, {@code BigDecimal}, booleans, lists, maps, null. */
    public Map<String, Object> map(@Nullable String json) {
        try {
            return json == null ? Map.of() : maps.readValue(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("stored JSON is not an object", e);
        }
    }

    /** Like {@link #map(String)}, for a parsed object. */
    public Map<String, Object> map(JsonNode object) {
        try {
            return maps.readValue(object);
        } catch (IOException e) {
            throw new UncheckedIOException("an object becomes a map", e);
        }
    }

    /** A value that is read already, as plain values. */
    public Object plain(JsonNode value) {
        return mapper.convertValue(value, Object.class);
    }

    /** Parses what a caller sent; a missing node if it is empty. */
    public JsonNode tree(byte[] body) {
        try {
            return mapper.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException("body is no JSON", e);
        }
    }

    /** A value as it would be written. */
    public JsonNode tree(Object value) {
        return mapper.valueToTree(value);
    }

    /** Reads a part of what a caller sent. */
    public <T> T value(JsonNode sent, Class<T> type) throws JsonProcessingException {
        return mapper.treeToValue(sent, type);
    }

    public <T> T read(String json, Class<T> type) {
        try {
            return mapper.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("stored JSON is not a " + type.getSimpleName(), e);
        }
    }

    public <T> T read(String json, TypeReference<T> type) {
        try {
            return mapper.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("stored JSON is not a " + type.getType(), e);
        }
    }

    /** A record as the plain map it would be written as. */
    public Map<String, Object> asMap(Object value) {
        return mapper.convertValue(value, MAP);
    }

    /** Reads what is known and ignores the rest: a producer may add a field at any time. */
    public <T> T fromMap(Map<String, Object> map, Class<T> type) {
        return tolerant.convertValue(map, type);
    }
}
