package dev.carillon.platform.limit;

import dev.carillon.platform.settings.Bounded;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.util.Optional;

/** The rate limit of one caller. */
@ConfigMapping(prefix = "carillon.api.rate-limit")
public interface CallerLimitSettings {

    /** How many requests a second for each API key, in all replicas together; no limit unless set. */
    Optional<@WithConverter(Bounded.PerSecond.class) Double> perSecond();

    /** How many requests at once; a second's worth unless set. */
    Optional<@WithConverter(Bounded.Count.class) Integer> burst();
}
