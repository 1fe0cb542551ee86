package dev.carillon.platform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonStyleTest {

    record Sample(
            @Nullable String text,
            @Nullable Integer number,
            @Nullable Boolean flag,
            @Nullable Map<String, Object> map) {}

    private final ObjectMapper mapper = strict();

    @Test
    void reads_what_fits() throws Exception {
        // When
        var read =
                mapper.readValue("{\"text\":\"a\",\"number\":1,\"flag\":true,\"map\":{\"x\":[1,null]}}", Sample.class);

        // Then
        assertThat(read.text()).isEqualTo("a");
        assertThat(read.number()).isEqualTo(1);
        assertThat(read.flag()).isTrue();
        assertThat(read.map()).containsKey("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\":5}",
                "{\"text\":1.5}",
                "{\"text\":true}",
                "{\"text\":{}}",
                "{\"text\":[]}",
                "{\"number\":\"5\"}",
                "{\"number\":true}",
                "{\"number\":1.5}",
                "{\"flag\":1}",
                "{\"flag\":\"true\"}",
                "{\"map\":\"x\"}",
                "{\"map\":[]}",
                "[]",
                "\"x\"",
                "{} {}"
            })
    void refuses_a_value_of_another_kind(String json) {
        assertThatThrownBy(() -> mapper.readValue(json, Sample.class)).isInstanceOf(MismatchedInputException.class);
    }

    @Test
    void refuses_an_unknown_property() {
        assertThatThrownBy(() -> mapper.readValue("{\"texts\":\"a\"}", Sample.class))
                .isInstanceOf(UnrecognizedPropertyException.class);
    }

    @Test
    void refuses_a_property_that_appears_twice_however_deep() {
        assertThatThrownBy(() -> mapper.readValue("{\"text\":\"a\",\"text\":\"b\"}", Sample.class))
                .isInstanceOf(JsonParseException.class);
        assertThatThrownBy(() -> mapper.readValue("{\"map\":{\"x\":[{\"y\":1,\"y\":2}]}}", Sample.class))
                .isInstanceOf(JsonMappingException.class)
                .hasRootCauseInstanceOf(JsonParseException.class);
    }

    @Test
    void bounds_depth_strings_and_numbers() {
        var deep = "{\"map\":" + "{\"a\":".repeat(JsonLimits.DEPTH) + "1" + "}".repeat(JsonLimits.DEPTH + 1);
        var longText = "{\"text\":\"" + "a".repeat(JsonLimits.STRING + 1) + "\"}";
        var longNumber = "{\"map\":{\"a\":" + "1".repeat(JsonLimits.NUMBER + 1) + "}}";

        assertThatThrownBy(() -> mapper.readValue(deep, Sample.class))
                .hasRootCauseInstanceOf(StreamConstraintsException.class);
        assertThatThrownBy(() -> mapper.readValue(longText, Sample.class))
                .hasRootCauseInstanceOf(StreamConstraintsException.class);
        assertThatThrownBy(() -> mapper.readTree("{\"" + "a".repeat(JsonLimits.NAME + 1) + "\":1}"))
                .isInstanceOf(StreamConstraintsException.class);
        assertThatThrownBy(() -> mapper.readValue(longNumber, Sample.class))
                .hasRootCauseInstanceOf(StreamConstraintsException.class);
    }

    @Test
    void writes_times_as_text_and_nulls_as_null() throws Exception {
        assertThat(mapper.writeValueAsString(Instant.EPOCH)).isEqualTo("\"1970-01-01T00:00:00Z\"");
        assertThat(mapper.writeValueAsString(new Sample(null, null, null, null)))
                .isEqualTo("{\"text\":null,\"number\":null,\"flag\":null,\"map\":null}");
    }

    @Test
    void keeps_the_offset_a_time_came_with() throws Exception {
        assertThat(mapper.readValue("\"2025-01-01T10:00:00+05:45\"", OffsetDateTime.class))
                .hasToString("2025-01-01T10:00+05:45");
    }

    private static ObjectMapper strict() {
        var mapper = new ObjectMapper().registerModule(new JavaTimeModule());
        new JsonStyle().customize(mapper);
        return mapper;
    }
}
