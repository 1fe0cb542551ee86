package dev.carillon.notification.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateResultTest {

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void its_json_names_the_gate() throws JsonProcessingException {
        // Given
        var refused = GateResult.refused(Gate.QUIET_HOURS, Reason.QUIET_HOURS, "quiet until 07:00");

        // When
        var written = json.writeValueAsString(refused);

        // Then
        assertThat(written)
                .isEqualTo(
                        "{\"name\":\"quiet hours\",\"passed\":false,\"reason\":\"QUIET_HOURS\",\"detail\":\"quiet until 07:00\"}");
        assertThat(json.readValue(written, GateResult.class)).isEqualTo(refused);
    }

    @Test
    void is_stored_without_what_can_be_derived() throws JsonProcessingException {
        // Given
        var gates = List.of(
                GateResult.passed(Gate.FREQUENCY_CAP, "none"),
                GateResult.refused(Gate.QUIET_HOURS, Reason.QUIET_HOURS, "quiet until 07:00"));

        // When
        var stored = json.writeValueAsString(GateResult.stored(gates));

        // Then
        assertThat(stored)
                .isEqualTo("[[\"frequency cap\",\"none\"],[\"quiet hours\",\"quiet until 07:00\",\"QUIET_HOURS\"]]");
    }

    /** They stand in the database and in the API. */
    @Test
    void the_names_of_the_gates_stay() {
        assertThat(Arrays.stream(Gate.values()).map(Gate::wire))
                .containsExactly(
                        "when",
                        "after",
                        "audience",
                        "where",
                        "delay",
                        "absence",
                        "digest",
                        "timeout",
                        "budget",
                        "expires",
                        "schedule",
                        "once",
                        "recipient",
                        "throttle",
                        "preference",
                        "address",
                        "frequency cap",
                        "template",
                        "size",
                        "quiet hours",
                        "cancel");
    }
}
