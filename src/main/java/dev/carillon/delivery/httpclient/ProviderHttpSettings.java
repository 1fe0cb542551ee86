package dev.carillon.delivery.httpclient;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** Settings for every provider that is called over HTTP. */
public interface ProviderHttpSettings {

    /** How long one attempt may take from its beginning to the last byte of the answer. */
    @DurationMin(millis = 1)
    @WithDefault("PT10S")
    Duration timeout();

    /** How many connections at most, to one host. */
    @WithDefault("200")
    @Min(1)
    @Max(10_000)
    int connections();
}
