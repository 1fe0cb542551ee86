package dev.carillon.platform.limit;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import java.util.Optional;

/** The rate limit of one caller. */
@ConfigMapping(prefix = "carillon.api.rate-limit")
public interface CallerLimitSettings {

    /** How many requests a second for each API key, in all replicas together; no limit unless set. */
    Optional<@DecimalMin("0.01") Double> perSecond();

    /** How many requests at once; a second's worth unless set. */
    Optional<@Min(1) Integer> burst();
}
