package dev.carillon.notification.callback;

import dev.carillon.platform.telemetry.OncePerMinute;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/**
 * Counts callbacks with a wrong signature. Anybody can send any number of them, so they are logged once a minute at
 * most.
 */
@ApplicationScoped
class ForgedCallbacks {

    private final MeterRegistry meters;
    private final OncePerMinute warning;

    ForgedCallbacks(Clock clock, MeterRegistry meters) {
        this.meters = meters;
        this.warning = new OncePerMinute(clock);
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
        return warning.isDue();
    }
}
