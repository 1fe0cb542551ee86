package dev.carillon.platform.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CharactersTest {

    static Stream<String> malformed() {
        return Stream.of(
                "\u00c1\u0081",
                "\u00e0\u0081\u0081",
                "\u00f0\u0080\u0081\u0081",
                "\u00e0\u0080\u0080",
                "\u00c0\u0080",
                "\u00ed\u00a0\u0080",
                "\u00f4\u0090\u0080\u0080",
                "\u00f5\u0080\u0080\u0080",
                "\u00fe",
                "\u00c3",
                "\u0080",
                "\u00e2\u0082",
                "\u00ff\u00fe");
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void what_is_no_utf8_is_refused_with_its_place_wherever_it_stands(String bytes) {
        for (var type : new String[] {
            "application/json",
            "application/cloudevents-batch+json",
            "application/yaml",
            "text/yaml",
            "application/x-yaml",
            "text/plain;charset=utf-8",
            "application/xml;charset=UTF-8"
        }) {
            for (int before : new int[] {0, 5, 8_190, 8_191, 8_192, 40_000}) {
                assertThat(detail(type, "x".repeat(before) + bytes + "y"))
                        .as(type)
                        .hasValue("The body is not UTF-8: no character begins at byte " + before);
                assertThat(detail(type, "x".repeat(before) + bytes))
                        .as(type)
                        .hasValue("The body is not UTF-8: no character begins at byte " + before);
            }
        }
    }

    @Test
    void every_character_is_taken() {
        var text = "aä€😀\ufeff\uffff\0".repeat(5_000);

        assertThat(Characters.problem(type("application/json"), text.getBytes(UTF_8)))
                .isEmpty();
        assertThat(Characters.problem(type("text/plain;charset=utf-16"), text.getBytes(UTF_16)))
                .isEmpty();
        assertThat(Characters.problem(type("text/plain;charset=\"ISO-8859-1\""), "\u00fe\u0080".getBytes(ISO_8859_1)))
                .isEmpty();
    }

    @Test
    void the_charset_that_is_declared_is_the_one_that_is_asked_for() {
        assertThat(detail("text/plain;charset=US-ASCII", "a\u00e9"))
                .hasValue("The body is not US-ASCII: no character begins at byte 1");
        assertThat(Characters.problem(type("text/plain;charset=klingon"), new byte[1]))
                .hasValueSatisfying(problem -> assertThat(problem.status()).isEqualTo(415));
        assertThat(Characters.problem(type("text/plain;charset=?"), new byte[1]))
                .hasValueSatisfying(problem -> assertThat(problem.status()).isEqualTo(415));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%f4%90%80%80", "a=%C1%81&b=c", "a=%ff", "a=%e2%82", "a=\u00fe", "%80=a"})
    void of_a_form_the_escapes_are_undone(String form) {
        assertThat(detail("application/x-www-form-urlencoded", form)).hasValue("The body is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%e2%82%ac&b=+%2B", "100%", "a=%zz", "%", "a=b%2"})
    void other_forms_are_left_to_who_reads_them(String form) {
        assertThat(detail("application/x-www-form-urlencoded", form)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/octet-stream",
                "image/png",
                "text/plain",
                "application/xml",
                "application/vnd.apache.thrift.binary"
            })
    void what_is_no_text_is_left_as_it_is(String type) {
        assertThat(detail(type, "\u00fe\u0080")).isEmpty();
    }

    private static Optional<String> detail(String type, String bytes) {
        return Characters.problem(type(type), bytes.getBytes(ISO_8859_1)).map(problem -> {
            assertThat(problem.status()).isEqualTo(400);
            return problem.detail();
        });
    }

    private static MediaType type(String type) {
        var parts = type.split("[/;]");
        return parts.length < 3
                ? new MediaType(parts[0], parts[1])
                : new MediaType(parts[0], parts[1], Map.of("charset", parts[2].substring("charset=".length())));
    }
}
