package dev.carillon.platform.limit;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import java.util.Optional;

/** The rate limit of one caller. */
@ConfigMapping(prefix = "carillon.api.rate-limit")
public interface CallerLimitSettings {

    /** So many requests a second for each API key, in all replicas together; without it there is no limit. */
    Optional<@DecimalMin("0.01") Double> perSecond();

    /** So many at once; a second's worth unless set. */
    Optional<@Min(1) Integer> burst();
}
