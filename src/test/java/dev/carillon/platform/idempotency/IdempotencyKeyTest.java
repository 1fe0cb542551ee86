package dev.carillon.platform.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.platform.rest.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdempotencyKeyTest {

    @Test
    void bare_and_as_a_string_it_is_the_same_key() {
        assertThat(new IdempotencyKey("k").checked()).isEqualTo("k");
        assertThat(new IdempotencyKey("\"k\"").checked()).isEqualTo("k");
        assertThat(new IdempotencyKey(" \"k\" ").checked()).isEqualTo("k");
        assertThat(new IdempotencyKey("\"8e03978e-40d5\"; a=1;b").checked()).isEqualTo("8e03978e-40d5");
    }

    @Test
    void what_is_escaped_stands_for_itself() {
        assertThat(new IdempotencyKey("\"a\\\"b\\\\c\"").checked()).isEqualTo("a\"b\\c");
        assertThat(new IdempotencyKey("a\"b\\c").checked()).isEqualTo("a\"b\\c");
        assertThat(new IdempotencyKey("\" a \"").checked()).isEqualTo(" a ");
    }

    @Test
    void what_is_empty_or_no_string_is_no_key() {
        for (var none : List.of(
                "",
                " ",
                "\"\"",
                "\"  \"",
                "\"",
                "\"a",
                "\"a\"b",
                "\"a\\b\"",
                "\"a\"\"b\"",
                "\"a\",\"b\"",
                "ä",
                "\"ä\"",
                "a\tb",
                "x".repeat(256),
                "\"" + "x".repeat(256) + "\"")) {
            assertThatThrownBy(() -> new IdempotencyKey(none).checked())
                    .as(none)
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("Idempotency-Key");
        }
        assertThat(new IdempotencyKey("\"" + "x".repeat(255) + "\"").checked()).hasSize(255);
    }
}
