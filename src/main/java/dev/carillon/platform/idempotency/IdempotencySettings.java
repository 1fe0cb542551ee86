package dev.carillon.platform.idempotency;

import dev.carillon.platform.settings.Bounded;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long requests with an {@code Idempotency-Key} are kept. */
@ConfigMapping(prefix = "carillon.idempotency")
public interface IdempotencySettings {

    /** How long an answer is kept and sent again; afterwards the key counts as new. */
    @WithDefault("PT24H")
    @WithConverter(Bounded.Period.class)
    Duration keep();

    /** How long a request may be in progress before it counts as lost with its process and may be repeated. */
    @WithDefault("PT1M")
    @WithConverter(Bounded.Period.class)
    Duration lease();
}
