package dev.carillon.delivery;

import io.smallrye.mutiny.Uni;

import java.time.Duration;
import java.util.SplittableRandom;

/** How a mock provider of any channel behaves: its latency, and failures that are the same in every run with one seed. */
public final class MockProvider {

    private final Duration latency;
    private final double failureRate;
    private final long seed;

    public MockProvider(Duration latency, double failureRate, long seed) {
        this.latency = latency;
        this.failureRate = failureRate;
        this.seed = seed;
    }

    /** Runs {@code sending} unless this attempt is one that fails. */
    public Uni<DeliveryOutcome> send(LeasedParcel parcel, Runnable sending) {
        var outcome = Uni.createFrom().item(() -> {
            if (fails(parcel)) {
                return new DeliveryOutcome.RetryLater(FailureKind.PROVIDER_ERROR, "the mock provider was told to fail", null);
            }
            sending.run();
            return (DeliveryOutcome) new DeliveryOutcome.Sent("mock-" + parcel.parcel().id());
        });
        return latency.isZero() ? outcome : outcome.onItem().delayIt().by(latency);
    }

    private boolean fails(LeasedParcel parcel) {
        return failureRate > 0
                && new SplittableRandom(seed ^ parcel.parcel().id().hashCode() * 31L ^ parcel.attempt()).nextDouble() < failureRate;
    }
}
