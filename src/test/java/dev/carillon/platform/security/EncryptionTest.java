package dev.carillon.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionTest {

    private static final String KEY = key('a');
    private static final String NEXT = key('b');
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw 🔑";
    private static final String PLACE = "webhook/1";

    private final Encryption encryption = new Encryption(KEY, List.of());

    @Test
    void only_the_key_reads_what_it_has_encrypted_and_nobody_sees_that_two_are_the_same() {
        // When
        var stored = encryption.encrypt(SECRET, PLACE);

        // Then
        assertThat(stored)
                .startsWith(encryption.currentPrefix())
                .doesNotContain("whsec_", "MfKQ")
                .isNotEqualTo(encryption.encrypt(SECRET, PLACE));
        assertThat(encryption.decrypt(stored, PLACE)).isEqualTo(SECRET);
        assertThat(encryption.isCurrent(stored)).isTrue();
        assertThatThrownBy(() -> new Encryption(NEXT, List.of()).decrypt(stored, PLACE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("webhook/1")
                .hasMessageContaining("carillon.security.encryption-key")
                .hasMessageContaining("carillon.security.previous-encryption-keys")
                .hasMessageNotContaining(stored)
                .hasMessageNotContaining(NEXT);
    }

    @Test
    void what_was_changed_or_moved_is_refused() {
        // Given
        var stored = encryption.encrypt(SECRET, PLACE);
        var head = encryption.currentPrefix();
        var bytes = Base64.getUrlDecoder().decode(stored.substring(head.length()));

        // Then
        assertThatThrownBy(() -> encryption.decrypt(stored, "webhook/2"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("webhook/2");
        for (int at = 0; at < bytes.length; at++) {
            var changed = bytes.clone();
            changed[at] ^= 1;
            var forged = head + Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
            assertThatThrownBy(() -> encryption.decrypt(forged, PLACE))
                    .as("byte %d", at)
                    .isInstanceOf(IllegalStateException.class);
        }
        for (var broken : List.of(
                head,
                head + "AA",
                head + "!",
                "enc1.",
                "enc1.00000000.AAAA",
                stored.substring(0, stored.length() - 4))) {
            assertThatThrownBy(() -> encryption.decrypt(broken, PLACE))
                    .as(broken)
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void a_previous_key_reads_what_it_wrote_and_renewing_takes_the_present_one() {
        // Given
        var old = encryption.encrypt(SECRET, PLACE);
        var rotating = new Encryption(NEXT, List.of(KEY));

        // When
        var renewed = rotating.renew(old, PLACE);

        // Then
        assertThat(rotating.decrypt(old, PLACE)).isEqualTo(SECRET);
        assertThat(rotating.isCurrent(old)).isFalse();
        assertThat(rotating.isCurrent(renewed)).isTrue();
        assertThat(rotating.renew(renewed, PLACE)).isEqualTo(renewed);
        assertThat(new Encryption(NEXT, List.of()).decrypt(renewed, PLACE)).isEqualTo(SECRET);
    }

    @Test
    void what_was_kept_before_anything_was_encrypted_is_read_as_it_is() {
        assertThat(encryption.decrypt(SECRET, PLACE)).isEqualTo(SECRET);
        assertThat(encryption.decrypt(encryption.renew(SECRET, PLACE), PLACE)).isEqualTo(SECRET);
        assertThat(encryption.decrypt(encryption.encrypt("", PLACE), PLACE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "secret",
                "c2hvcnQ=",
                "not base 64 at all, but it has more than 32 characters",
                "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMw=="
            })
    void a_key_that_is_none_is_refused_without_being_shown(String key) {
        assertThatThrownBy(() -> new Encryption(key, List.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("carillon.security.encryption-key must be 32 bytes in Base64")
                .hasMessageContaining("openssl rand -base64 32")
                .satisfies(refused -> assertThat(
                                key.isBlank() || !refused.getMessage().contains(key))
                        .isTrue());
        assertThatThrownBy(() -> new Encryption(KEY, List.of(key)))
                .hasMessageContaining("carillon.security.previous-encryption-keys");
    }

    private static String key(char letter) {
        return Base64.getEncoder()
                .encodeToString(String.valueOf(letter).repeat(32).getBytes());
    }
}
