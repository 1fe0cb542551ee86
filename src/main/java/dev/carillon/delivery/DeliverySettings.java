package dev.carillon.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithDefaults;
import io.smallrye.config.WithParentName;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;

import java.time.Duration;
import java.util.Map;

/** What every channel can be told, whichever channel it is. */
@ConfigMapping(prefix = "carillon.delivery")
public interface DeliverySettings {

    /** By the channel's name. */
    @WithParentName
    @WithDefaults
    Map<String, @Valid OfChannel> channels();

    /** One channel. */
    interface OfChannel {

        /** Who sends on it: the name of a {@link Provider} that serves it. */
        @WithDefault("mock")
        String provider();

        /** The provider that only logs. */
        @Valid
        Mock mock();
    }

    /** How the mock provider behaves on a channel. */
    interface Mock {

        /** How long it takes to answer. */
        @WithDefault("PT0S")
        Duration latency();

        /** The share of attempts that fail as a transient error, 0 to 1. */
        @WithDefault("0")
        @DecimalMin("0")
        @DecimalMax("1")
        double failureRate();

        /** Makes the failures the same in every run. */
        @WithDefault("42")
        long seed();
    }
}
