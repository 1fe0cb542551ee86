package dev.carillon.notification.unsubscribe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionTokensTest {

    private static final UnsubscribeTarget ALICE =
            new UnsubscribeTarget("default", "cust-001 ü", "promotions", "email");

    private final SubscriptionTokens tokens =
            new SubscriptionTokens("a secret of thirty-two characters".getBytes(StandardCharsets.UTF_8));

    @Test
    void say_what_they_were_made_of_and_fit_into_a_url() {
        // When
        var token = tokens.of(ALICE);

        // Then
        assertThat(token).matches("[A-Za-z0-9_-]+");
        assertThat(tokens.read(token)).contains(ALICE);
    }

    @Test
    void cannot_be_made_or_changed_by_anybody_else() {
        // Given
        var token = Base64.getUrlDecoder().decode(tokens.of(ALICE));
        var others =
                new SubscriptionTokens("another secret of some 32 letters".getBytes(StandardCharsets.UTF_8)).of(ALICE);

        // Then
        assertThat(tokens.read(others)).isEmpty();
        for (int at = 0; at < token.length; at++) {
            var forged = token.clone();
            forged[at] ^= 1;
            assertThat(tokens.read(Base64.getUrlEncoder().withoutPadding().encodeToString(forged)))
                    .as("byte %d", at)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "===", "not base 64!", "AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAA"})
    void are_nothing_else(String token) {
        assertThat(tokens.read(token)).isEmpty();
        assertThat(tokens.read(token.repeat(1000))).isEmpty();
    }
}
