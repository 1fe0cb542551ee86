package dev.carillon.notification.preference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;

class SuppressionTest {

    @Test
    void an_address_is_the_same_however_it_is_written() {
        // Given
        var mail = new Suppression("email", Suppression.comparable("email", "Alice@Example.COM"), Suppression.Cause.BOUNCE, Instant.EPOCH);
        var phone = new Suppression("sms", Suppression.comparable("sms", "+1 (555) 010-1.1/2"), Suppression.Cause.STOP, Instant.EPOCH);

        // Then
        assertThat(mail.concerns("email", "alice@example.com")).isTrue();
        assertThat(mail.concerns("email", "alice@example.org")).isFalse();
        assertThat(phone.concerns("sms", "+155501-0112")).isTrue();
        assertThat(phone.concerns("email", "+15550101112")).isFalse();
        assertThat(Suppression.comparable("ios", "AbC-1")).isEqualTo("AbC-1");
    }

    @Test
    void an_address_is_not_put_into_words() {
        assertThat(new Suppression("email", "alice@example.com", Suppression.Cause.BOUNCE, Instant.EPOCH).toString()).doesNotContain("alice");
    }
}
