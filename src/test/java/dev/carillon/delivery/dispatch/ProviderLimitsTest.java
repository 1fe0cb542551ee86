package dev.carillon.delivery.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.TestDeliveries;
import dev.carillon.delivery.TestProviders;
import dev.carillon.delivery.circuit.TestCircuits;
import dev.carillon.platform.limit.TestBuckets;
import dev.carillon.testing.SettableClock;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProviderLimitsTest {

    private static final Runnable NOTHING = () -> {};

    private final SettableClock clock = new SettableClock();
    private final Channel channel = new FakeChannel(leased -> Uni.createFrom().nothing());
    private final ProviderSelection selection = new ProviderSelection(
            TestCircuits.off(),
            new ProviderLimits(
                    TestProviders.settings(Map.of("carillon.delivery.test.rate-limit.fake", "8")),
                    new TestBuckets().replica(clock)),
            clock);

    static ProviderLimits none() {
        return new ProviderLimits(TestProviders.settings(Map.of()), new TestBuckets().replica(new SettableClock()));
    }

    @Test
    void no_more_are_claimed_than_the_provider_may_get_and_no_statement_is_made_for_each() {
        try (var stopped = clock.stop()) {
            // When
            int sent = sentIn(Duration.ZERO);

            // Then
            assertThat(sent).isEqualTo(8);
            assertThat(sentIn(Duration.ofMillis(500))).isEqualTo(4);
        }
    }

    @Test
    void what_has_no_limit_has_none() {
        assertThat(new ProviderSelection(TestCircuits.off(), none(), clock).admits(channel, 500, NOTHING))
                .isEqualTo(500);
    }

    private int sentIn(Duration time) {
        clock.advance(time);
        int sent = 0;
        for (int look = 0; look < 50; look++) {
            int admitted = selection.admits(channel, 500, NOTHING);
            for (int i = 0; i < admitted; i++) {
                selection.choose(
                        channel, TestDeliveries.leased(TestDeliveries.delivery("test", 1), 1, clock.instant()));
            }
            sent += admitted;
        }
        return sent;
    }
}
