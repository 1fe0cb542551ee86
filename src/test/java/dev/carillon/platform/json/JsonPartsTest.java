package dev.carillon.platform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPartsTest {

    private final ObjectMapper mapper = new ObjectMapper();

    @BeforeEach
    void ours() {
        new JsonStyle().customize(mapper);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{},", "1,", "[],", "{\"a\":1},"})
    void very_many_small_parts_are_refused_before_they_fill_the_heap(String part) {
        assertThatThrownBy(() -> mapper.readTree("[" + part.repeat(500_001) + "1]"))
                .isInstanceOf(StreamConstraintsException.class);
    }

    @Test
    void a_thousand_events_of_many_fields_are_read() throws JsonProcessingException {
        var event = "{\"f\":1,\"g\":[" + "1,".repeat(400) + "1]}";

        assertThat(mapper.readTree("[" + (event + ",").repeat(999) + event + "]"))
                .hasSize(1_000);
    }
}
