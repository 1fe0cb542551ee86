package dev.carillon.delivery.email;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;

import java.time.Duration;

/** The email channel. */
@ConfigMapping(prefix = "carillon.delivery.email")
public interface EmailSettings {

    /** Which provider sends: the name of one of the beans that implement {@link EmailProvider}. */
    @WithDefault("mock")
    String provider();

    /** The provider that only logs. */
    Mock mock();

    /** How the mock provider behaves. */
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
