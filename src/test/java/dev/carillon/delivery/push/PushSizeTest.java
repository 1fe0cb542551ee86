package dev.carillon.delivery.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.SizeLimit;
import dev.carillon.delivery.SizeLimit.SizedMessage;
import dev.carillon.delivery.httpclient.HttpCall;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found to fit is no more than 4,096 bytes when it is sent. */
class PushSizeTest {

    private static final String TOKEN = "t".repeat(163);
    private static final SizeLimit PAYLOAD = PushSize.LIMITS.get(1);

    @ParameterizedTest
    @ValueSource(strings = {"a", "\"", "\\", "\n", "é", "€", "😀", "ж", "\u0001"})
    void the_bytes_counted_are_those_that_are_sent(String character) {
        int fitting = 0;
        while (PAYLOAD.fits(new SizedMessage(TOKEN, "Title", character.repeat(fitting + 1)))) {
            fitting++;
        }

        assertThat(fitting).isPositive();
        assertThat(sent(character.repeat(fitting))).isLessThanOrEqualTo(4_096).isGreaterThan(3_900);
        assertThat(sent(character.repeat(fitting + 200))).isGreaterThan(4_096);
    }

    private static int sent(String text) {
        var delivery = new Delivery(
                "01KAJ3W4S8M2Q9V7T5R1N3X0ZC",
                "t",
                "01KAJ3W4S8M2Q9V7T5R1N3X0ZC",
                "android",
                TOKEN,
                "Title",
                text,
                null,
                0,
                Instant.parse("2026-12-24T08:00:00Z"),
                null,
                null);
        return Math.max(
                HttpCall.json(URI.create("https://x"), Fcm.body(delivery, 60))
                        .body()
                        .length(),
                HttpCall.json(URI.create("https://x"), Apns.notification(delivery))
                        .body()
                        .length());
    }
}
