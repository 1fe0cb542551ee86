package dev.carillon.platform.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.platform.rest.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdempotencyKeysTest {

    @Test
    void bare_and_as_a_string_it_is_the_same_key() {
        assertThat(IdempotencyKeys.checked("k")).isEqualTo("k");
        assertThat(IdempotencyKeys.checked("\"k\"")).isEqualTo("k");
        assertThat(IdempotencyKeys.checked(" \"k\" ")).isEqualTo("k");
        assertThat(IdempotencyKeys.checked("\"8e03978e-40d5\"; a=1;b")).isEqualTo("8e03978e-40d5");
    }

    @Test
    void what_is_escaped_stands_for_itself() {
        assertThat(IdempotencyKeys.checked("\"a\\\"b\\\\c\"")).isEqualTo("a\"b\\c");
        assertThat(IdempotencyKeys.checked("a\"b\\c")).isEqualTo("a\"b\\c");
        assertThat(IdempotencyKeys.checked("\" a \"")).isEqualTo(" a ");
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
            assertThatThrownBy(() -> IdempotencyKeys.checked(none))
                    .as(none)
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("Idempotency-Key");
        }
        assertThat(IdempotencyKeys.checked("\"" + "x".repeat(255) + "\"")).hasSize(255);
    }
}
