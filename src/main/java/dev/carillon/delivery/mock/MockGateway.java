package dev.carillon.delivery.mock;

import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliverySettings;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.Gateway;
import dev.carillon.delivery.LeasedParcel;
import dev.carillon.delivery.MaskedAddress;
import dev.carillon.delivery.Parcel;
import dev.carillon.platform.security.ThrowawayTenant;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Takes its time, fails as often as it was told, and logs what it would have sent: the address masked and no content, unless it is to be in
 * clear or of a demo run, whose customers are nobody.
 * Which attempts fail follows from seed, delivery and attempt alone, so that it is the same in every run.
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
    public Uni<DeliveryOutcome> send(LeasedParcel parcel) {
        var outcome = Uni.createFrom().item(() -> outcome(parcel));
        return latency.isZero() ? outcome : outcome.onItem().delayIt().by(latency);
    }

    private DeliveryOutcome outcome(LeasedParcel leased) {
        if (fails(leased)) {
            return new DeliveryOutcome.RetryLater(FailureKind.PROVIDER_ERROR, "the mock provider was told to fail", null);
        }
        var parcel = leased.parcel();
        LOG.info(inClear || ThrowawayTenant.is(parcel.tenant()) ? inClear(parcel, leased.attempt()) : masked(parcel, leased.attempt()));
        return new DeliveryOutcome.Sent("mock-" + parcel.id());
    }

    private String masked(Parcel parcel, int attempt) {
        return "[%s] To: %s delivery=%s attempt=%s".formatted(label, MaskedAddress.of(parcel.recipient()), parcel.id(), attempt);
    }

    private String inClear(Parcel parcel, int attempt) {
        var subject = parcel.subject() == null ? "" : "\n  Subject: " + parcel.subject();
        return "[%s] To: %s trackingId=%s delivery=%s attempt=%s%s\n%s".formatted(label, parcel.recipient(), parcel.notificationId(), parcel.id(), attempt,
                subject, parcel.text().strip().indent(2).stripTrailing());
    }

    private boolean fails(LeasedParcel leased) {
        return failureRate > 0
                && new SplittableRandom(seed ^ leased.parcel().id().hashCode() * 31L ^ leased.attempt()).nextDouble() < failureRate;
    }
}
