package dev.carillon.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

    @ParameterizedTest
    @CsvSource({
        "Bearer ck_1, ck_1",
        "bearer ck_1, ck_1",
        "BEARER   ck_1, ck_1",
        "'  Bearer ck_1  ', ck_1",
        "'Bearer\tck_1', ck_1",
        "Bearer a key of two words, a key of two words"
    })
    void a_bearer_token_is_a_key(String authorization, String key) {
        assertThat(Credentials.shown(null, authorization)).contains(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "bearer\t"})
    void an_empty_one_is_shown_and_empty(String authorization) {
        assertThat(Credentials.shown(null, authorization)).contains("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Basic dXNlcjpwYXNz", "ck_1", "Bearerck_1", "Token ck_1", "Digest a=b"})
    void anything_else_shows_no_key(String authorization) {
        assertThat(Credentials.shown(null, authorization)).isEmpty();
    }

    @Test
    void our_own_header_goes_first() {
        assertThat(Credentials.shown("ck_1", "Bearer ck_2")).contains("ck_1");
        assertThat(Credentials.shown("", "Bearer ck_2")).contains("");
        assertThat(Credentials.shown(" ck_1 ", null)).contains("ck_1");
        assertThat(Credentials.shown(null, null)).isEqualTo(Optional.empty());
    }
}
