package dev.carillon.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A session is used by pages of our own only. */
class SameOriginTest {

    @ParameterizedTest
    @CsvSource({
        "same-origin, , carillon.example, true",
        "none, , carillon.example, true",
        "same-site, , carillon.example, false",
        "cross-site, , carillon.example, false",
        "same-origin, https://other.example, carillon.example, true",
        "cross-site, https://carillon.example, carillon.example, false",
        " , , carillon.example, true",
        " , https://carillon.example, carillon.example, true",
        " , http://127.0.0.1:8080, 127.0.0.1:8080, true",
        " , https://carillon.example:8443, carillon.example, false",
        " , https://carillon.example.evil.example, carillon.example, false",
        " , null, carillon.example, false",
        " , https://carillon.example, , false",
        "anything, , carillon.example, false"
    })
    void what_the_browser_says_goes_first_then_the_origin(String site, String origin, String host, boolean ours) {
        assertThat(SameOrigin.is(site, origin, host)).isEqualTo(ours);
    }
}
