package dev.carillon.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FirstKeyTest {

    @Test
    void people_find_the_first_key_between_empty_lines() {
        assertThat(FirstKey.announcement("ck_secret", false).lines().toList())
                .containsSequence("", "    Your admin API key, shown only this once: ck_secret", "");
    }

    @Test
    void programs_find_it_in_one_line() {
        assertThat(FirstKey.announcement("ck_secret", true))
                .isEqualTo("first start: your admin API key, shown only this once: ck_secret");
    }
}
