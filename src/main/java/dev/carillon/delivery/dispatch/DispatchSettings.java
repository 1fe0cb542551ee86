package dev.carillon.delivery.dispatch;

import dev.carillon.platform.settings.Bounded;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the outbox is worked off. */
@ConfigMapping(prefix = "carillon.dispatch")
public interface DispatchSettings {

    /** How many deliveries of one channel may be in flight at once, for each process. */
    @WithDefault("500")
    @WithConverter(Bounded.AtOnce.class)
    int concurrency();

    /**
     * How many of these may be in flight to one destination of a tenant, such as a subscriber or the host of a
     * customer's endpoint.
     */
    @WithDefault("50")
    @WithConverter(Bounded.AtOnce.class)
    int perDestination();

    /** How long a claimed delivery belongs to the process that claimed it; longer than any provider's timeout. */
    @WithDefault("PT30S")
    @WithConverter(Bounded.Period.class)
    Duration lease();

    /** How often every channel is checked without a bell. */
    @WithConverter(Bounded.Period.class)
    @WithDefault("1s")
    Duration sweep();
}
