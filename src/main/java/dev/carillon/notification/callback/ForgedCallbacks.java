package dev.carillon.notification.callback;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Counts callbacks with a wrong signature. Anybody can send any number of them, so they are logged once a minute at
 * most.
 */
@ApplicationScoped
class ForgedCallbacks {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Clock clock;
    private final MeterRegistry meters;
    private final AtomicReference<Instant> said = new AtomicReference<>(Instant.EPOCH);

    ForgedCallbacks(Clock clock, MeterRegistry meters) {
        this.clock = clock;
        this.meters = meters;
    }

    /** @param provider one that is configured */
    void another(String provider, String why) {
        Counter.builder("carillon.callbacks.forged")
                .description("Rejected callbacks: their signature does not match, or is too old")
                .tag("provider", provider)
                .register(meters)
                .increment();
        if (isToBeSaid()) {
            Log.warnf(
                    "callbacks rejected; check the provider's key; carillon_callbacks_forged_total counts them: provider=%s why=%s",
                    provider, why);
        }
    }

    /** Once a minute. */
    boolean isToBeSaid() {
        var now = clock.instant();
        var before = said.get();
        return !now.isBefore(before.plus(MINUTE)) && said.compareAndSet(before, now);
    }
}
