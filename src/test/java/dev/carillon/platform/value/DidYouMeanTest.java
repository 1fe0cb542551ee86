package dev.carillon.platform.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DidYouMeanTest {

    @ParameterizedTest
    @CsvSource({
        "newPrize, newPrice",
        "NewPrice, newPrice",
        "newPrce, newPrice",
        "newPriice, newPrice",
        "nwePrice, newPrice",
        "wrod, word",
        "old, ",
        "discount, ",
        "a, ",
        "B, b",
        "'', "
    })
    void finds_what_was_most_likely_meant(String wanted, String meant) {
        assertThat(DidYouMean.to(wanted, List.of("oldPrice", "newPrice", "currency", "b", "word")))
                .isEqualTo(Optional.ofNullable(meant));
    }

    @Test
    void does_not_compare_what_is_very_long() {
        assertThat(DidYouMean.to("x".repeat(100_000), List.of("y".repeat(100_001))))
                .isEmpty();
    }
}
