package dev.carillon.notification.preference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SuppressionTest {

    @Test
    void an_address_is_the_same_however_it_is_written() {
        // Given
        var mail = new Suppression(
                "email", Suppression.comparable("email", "Alice@Example.COM"), Suppression.Cause.BOUNCE, Instant.EPOCH);
        var phone = new Suppression(
                "sms", Suppression.comparable("sms", "+1 (202) 555-01.1/2"), Suppression.Cause.STOP, Instant.EPOCH);

        // Then
        assertThat(mail.concerns("email", "alice@example.com")).isTrue();
        assertThat(mail.concerns("email", "alice@example.org")).isFalse();
        assertThat(phone.concerns("sms", "+1202555-0112")).isTrue();
        assertThat(phone.concerns("email", "+12025550112")).isFalse();
        assertThat(Suppression.comparable("sms", "+44 (0)20 7946 0958")).isEqualTo("+442079460958");
        assertThat(Suppression.comparable("email", "Post@Käse.example")).isEqualTo("post@xn--kse-qla.example");
        assertThat(Suppression.comparable("ios", "AbC-1")).isEqualTo("AbC-1");
    }

    @Test
    void an_address_is_not_put_into_words() {
        assertThat(new Suppression("email", "alice@example.com", Suppression.Cause.BOUNCE, Instant.EPOCH).toString())
                .doesNotContain("alice");
    }
}
