package dev.carillon.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathCheckTest {

    @ParameterizedTest
    @ValueSource(strings = {"/a%00b", "/a%0a", "/a%1F", "/a%7f", "/a%C2%85", "/a%00?q=%00"})
    void nothing_is_called_by_a_control_character(String uri) {
        assertThat(PathCheck.refusal(uri))
                .isNotNull()
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(404));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a?q=%00",
                "/a?q=a%0Ab",
                "/a\u00c3\u00a9",
                "/a?q=\u00e9",
                "/a%C0%80",
                "/a%ff",
                "/a%ED%A0%80",
                "/a%F8%88%80%80%80",
                "/a%",
                "/a%4",
                "/a%zz",
                "/a%u0000"
            })
    void what_is_no_text_is_refused(String uri) {
        assertThat(PathCheck.refusal(uri))
                .isNotNull()
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(400));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/a%20b",
                "/%E2%82%AC",
                "/%F0%9F%8E%89",
                "/a%2Fb",
                "/a%25",
                "/a?at=2026-01-01T00%3A00%3A00%2B01%3A00",
                "*"
            })
    void what_is_text_passes(String uri) {
        assertThat(PathCheck.refusal(uri)).isNull();
    }
}
