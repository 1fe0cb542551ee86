package dev.carillon.platform.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonLengthTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void it_is_as_long_as_it_is_written_but_for_a_comma_or_two() throws Exception {
        for (var value : List.of(
                Map.of(),
                Map.of("a", 1, "b", List.of(1L, 2.5, true)),
                Map.of("grün", "Straße €  🎉"),
                List.of(Map.of("x", "y".repeat(1_000))),
                Arrays.asList(null, "", List.of()))) {
            long written = MAPPER.writeValueAsString(value).getBytes(StandardCharsets.UTF_8).length;
            assertThat(JsonLength.of(value)).isBetween(written, written + 3);
        }
    }
}
