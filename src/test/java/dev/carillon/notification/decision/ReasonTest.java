package dev.carillon.notification.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReasonTest {

    @Test
    void is_exactly_the_closed_vocabulary() {
        // When
        var codes = Arrays.stream(Reason.values()).map(Reason::name);

        // Then
        assertThat(codes)
                .containsExactlyInAnyOrder(
                        ("UNKNOWN_RECIPIENT NO_ADDRESS ADDRESS_SUPPRESSED UNSUBSCRIBED CATEGORY_OFF CONDITION_FALSE NOT_ELIGIBLE "
                                        + "NOT_IN_AUDIENCE DUPLICATE_EVENT DUPLICATE_BUSINESS_KEY THROTTLED FREQUENCY_CAPPED DIGESTED QUIET_HOURS "
                                        + "EXPIRED CANCELLED TEMPLATE_MISSING VARIABLE_MISSING NO_PROVIDER PROVIDER_ERROR CIRCUIT_OPEN "
                                        + "RATE_LIMITED AWAITING_CORRELATION CORRELATION_TIMEOUT RULE_TOO_COSTLY")
                                .split(" "));
    }

    @Test
    void every_code_has_a_sentence_of_its_own_without_jargon() {
        // When
        var sentences = Arrays.stream(Reason.values()).map(Reason::sentence).toList();

        // Then
        assertThat(sentences).doesNotHaveDuplicates().allMatch(sentence -> sentence.matches("[A-Z][^_]+\\."));
    }

    @Test
    void a_gate_has_a_reason_exactly_when_it_was_not_passed() {
        // Then
        assertThat(GateResult.passed(Gate.WHEN, "x").reason()).isNull();
        assertThatThrownBy(() -> new GateResult(Gate.WHEN, true, Reason.CONDITION_FALSE, ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new GateResult(Gate.WHEN, false, null, ""))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
