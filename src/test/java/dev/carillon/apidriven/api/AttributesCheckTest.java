package dev.carillon.apidriven.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.platform.problem.Problem.FieldError;
import dev.carillon.platform.problem.ProblemException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AttributesCheckTest {

    @Test
    void plain_values_and_lists_of_them_are_taken() {
        // Given
        var attributes = Map.<String, Object>of("ios", "740f47", "webhook", "https://example.com/hook?a=b", "timeZone", "Europe/Berlin",
                "locale", "de-CH", "age", 41, "balance", 12.5, "marketing_opt_in", true, "devices", List.of("a", 1, false));

        // When, then
        assertThatCode(() -> AttributesCheck.check(attributes)).doesNotThrowAnyException();
    }

    static Stream<Arguments> unfit() {
        return Stream.of(
                Arguments.of(Map.of("email", "a@b"), "/attributes/email"),
                Arguments.of(Map.of("id", "x"), "/attributes/id"),
                Arguments.of(Map.of("", "x"), "/attributes"),
                Arguments.of(Map.of("a\nb", "x"), "/attributes"),
                Arguments.of(Map.of("n".repeat(101), "x"), "/attributes"),
                Arguments.of(Map.of("ios", "a\u0000"), "/attributes/ios"),
                Arguments.of(Map.of("ios", "a".repeat(4_097)), "/attributes/ios"),
                Arguments.of(Map.of("a/b", Map.of("c", 1)), "/attributes/a~1b"),
                Arguments.of(Collections.singletonMap("a", null), "/attributes/a"),
                Arguments.of(Map.of("a", List.of("x", List.of("y"))), "/attributes/a/1"),
                Arguments.of(Map.of("a", Collections.nCopies(51, "x")), "/attributes/a"),
                Arguments.of(Map.of("timeZone", "Mars/Phobos"), "/attributes/timeZone"),
                Arguments.of(Map.of("timeZone", 2), "/attributes/timeZone"),
                Arguments.of(Map.of("locale", "de_CH!"), "/attributes/locale"));
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void what_is_none_is_named(Map<String, Object> attributes, String pointer) {
        assertThat(pointers(attributes)).containsExactly(pointer);
    }

    @Test
    void there_is_an_end_to_how_many_and_how_much() {
        assertThat(pointers(many(101, "x"))).containsExactly("/attributes");
        assertThat(pointers(many(9, "x".repeat(4_000)))).containsExactly("/attributes");
        assertThatCode(() -> AttributesCheck.check(many(100, "x".repeat(300)))).doesNotThrowAnyException();
    }

    private static Map<String, Object> many(int count, String value) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(n -> "a" + n, n -> value, (one, other) -> one, HashMap::new));
    }

    private static List<String> pointers(Map<String, Object> attributes) {
        var refused = catchThrowableOfType(ProblemException.class, () -> AttributesCheck.check(attributes));
        return refused.problem().errors().stream().map(FieldError::pointer).toList();
    }
}
