package dev.carillon.delivery.mock;

import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.Gateway;
import dev.carillon.delivery.LeasedParcel;
import dev.carillon.delivery.MaskedAddress;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Takes its time, fails as often as it was told, and logs a line for what it would have sent: the address masked, no content.
 * Which attempts fail follows from seed, delivery and attempt alone, so that it is the same in every run.
 */
class MockGateway implements Gateway {

    private static final Logger LOG = Logger.getLogger(MockGateway.class);

    private final String label;
    private final Duration latency;
    private final double failureRate;
    private final long seed;

    MockGateway(String channel, Duration latency, double failureRate, long seed) {
        this.label = channel.toUpperCase(Locale.ROOT);
        this.latency = latency;
        this.failureRate = failureRate;
        this.seed = seed;
    }

    @Override
    public Uni<DeliveryOutcome> send(LeasedParcel parcel) {
        var outcome = Uni.createFrom().item(() -> outcome(parcel));
        return latency.isZero() ? outcome : outcome.onItem().delayIt().by(latency);
    }

    private DeliveryOutcome outcome(LeasedParcel leased) {
        if (fails(leased)) {
            return new DeliveryOutcome.RetryLater(FailureKind.PROVIDER_ERROR, "the mock provider was told to fail", null);
        }
        var parcel = leased.parcel();
        LOG.infof("[%s] To: %s delivery=%s attempt=%s", label, MaskedAddress.of(parcel.recipient()), parcel.id(), leased.attempt());
        return new DeliveryOutcome.Sent("mock-" + parcel.id());
    }

    private boolean fails(LeasedParcel leased) {
        return failureRate > 0
                && new SplittableRandom(seed ^ leased.parcel().id().hashCode() * 31L ^ leased.attempt()).nextDouble() < failureRate;
    }
}
