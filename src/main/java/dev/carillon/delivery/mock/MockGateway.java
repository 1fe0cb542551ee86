package dev.carillon.delivery.mock;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliverySettings;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.Gateway;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.MaskedAddress;
import dev.carillon.platform.security.ThrowawayTenant;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jboss.logging.Logger;

/**
 * Simulates a provider: it waits, fails as often as configured, and logs what it would have sent. It masks the address
 * and leaves out the content, unless it is set to log in clear or the delivery belongs to a demo run, whose customers
 * are invented. Which attempts fail depends only on seed, delivery and attempt, so every run is the same.
 */
class MockGateway implements Gateway {

    private static final Logger LOG = Logger.getLogger(MockGateway.class);

    private final String label;
    private final Duration latency;
    private final double failureRate;
    private final long seed;
    private final boolean inClear;

    MockGateway(String channel, DeliverySettings.Mock mock, boolean inClear) {
        this.label = channel.toUpperCase(Locale.ROOT);
        this.latency = mock.latency();
        this.failureRate = mock.failureRate();
        this.seed = mock.seed();
        this.inClear = inClear;
    }

    @Override
    public Uni<DeliveryOutcome> send(LeasedDelivery delivery) {
        var outcome = Uni.createFrom().item(() -> outcome(delivery));
        return latency.isZero() ? outcome : outcome.onItem().delayIt().by(latency);
    }

    private DeliveryOutcome outcome(LeasedDelivery leased) {
        if (fails(leased)) {
            return new DeliveryOutcome.RetryLater(
                    FailureKind.PROVIDER_ERROR, "the mock provider simulated a failure", null);
        }
        var delivery = leased.delivery();
        LOG.info(
                inClear || ThrowawayTenant.is(delivery.tenant())
                        ? inClear(delivery, leased.attempt())
                        : masked(delivery, leased.attempt()));
        return new DeliveryOutcome.Sent("mock-" + delivery.id());
    }

    private String masked(Delivery delivery, int attempt) {
        return "[" + label + "] To: " + MaskedAddress.of(delivery.recipient()) + " delivery=" + delivery.id()
                + " attempt=" + attempt;
    }

    private String inClear(Delivery delivery, int attempt) {
        var subject = delivery.subject() == null ? "" : "\n  Subject: " + delivery.subject();
        return "[%s] To: %s trackingId=%s delivery=%s attempt=%s%s\n%s"
                .formatted(
                        label,
                        delivery.recipient(),
                        delivery.notificationId(),
                        delivery.id(),
                        attempt,
                        subject,
                        delivery.text().strip().indent(2).stripTrailing());
    }

    private boolean fails(LeasedDelivery leased) {
        return failureRate > 0
                && new SplittableRandom(seed ^ leased.delivery().id().hashCode() * 31L ^ leased.attempt()).nextDouble()
                        < failureRate;
    }
}
