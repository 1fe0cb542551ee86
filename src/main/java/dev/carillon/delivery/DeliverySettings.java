package dev.carillon.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithDefaults;
import io.smallrye.config.WithParentName;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings that every channel has. */
@ConfigMapping(prefix = "carillon.delivery")
public interface DeliverySettings {

    /** By the channel's name. */
    @WithParentName
    @WithDefaults
    Map<String, @Valid OfChannel> channels();

    /** One channel. */
    interface OfChannel {

        /** Who sends on it: the name of a {@link Provider} that serves it, or several, the first choice first. */
        @WithDefault("mock")
        List<String> provider();

        /** By provider: so many messages a second at most, in all replicas together. No limit where there is none. */
        Map<String, @DecimalMin("0.01") Double> rateLimit();

        /** How much one address gets. */
        @Valid
        RecipientLimit recipientLimit();

        /** The provider that only logs. */
        @Valid
        Mock mock();
    }

    /** How many messages one address gets on a channel; further ones wait. */
    interface RecipientLimit {

        /** So many messages at most, in all replicas together; no limit unless set. */
        Optional<@Min(1) Integer> messages();

        /** In this time. */
        @WithDefault("PT1M")
        Duration per();
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
