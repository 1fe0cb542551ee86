package dev.carillon.delivery.httpclient;

import dev.carillon.platform.settings.Bounded;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings for every provider that is called over HTTP. */
public interface ProviderHttpSettings {

    /** How long one attempt may take from its beginning to the last byte of the answer. */
    @WithConverter(Bounded.Period.class)
    @WithDefault("PT10S")
    Duration timeout();

    /** How many connections at most, to one host. */
    @WithDefault("200")
    @WithConverter(Bounded.AtOnce.class)
    int connections();
}
