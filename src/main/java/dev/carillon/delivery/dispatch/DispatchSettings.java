package dev.carillon.delivery.dispatch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** How the outbox is worked off. */
@ConfigMapping(prefix = "carillon.dispatch")
public interface DispatchSettings {

    /** How many deliveries of one channel may be in flight at once, for each process. */
    @WithDefault("500")
    @Min(1)
    @Max(10_000)
    int concurrency();

    /**
     * How many of these may be in flight to one destination of a tenant, such as a subscriber or the host of a
     * customer's endpoint.
     */
    @WithDefault("50")
    @Min(1)
    @Max(10_000)
    int perDestination();

    /** How long a claimed delivery belongs to the process that claimed it; longer than any provider's timeout. */
    @WithDefault("PT30S")
    Duration lease();

    /** How often every channel is checked without a bell. */
    @DurationMin(millis = 1)
    @WithDefault("1s")
    Duration sweep();
}
