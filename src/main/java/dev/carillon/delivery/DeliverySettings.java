package dev.carillon.delivery;

import dev.carillon.platform.settings.Bounded;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithDefaults;
import io.smallrye.config.WithParentName;
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
    Map<String, OfChannel> channels();

    /** One channel. */
    interface OfChannel {

        /**
         * The channel's providers: the name of a {@code Provider} that serves it, or several, the first choice first.
         */
        @WithDefault("mock")
        List<String> provider();

        /** For each provider: how many messages a second at most, in all replicas together; no limit unless set. */
        Map<String, @WithConverter(Bounded.PerSecond.class) Double> rateLimit();

        /** How much one address gets. */
        RecipientLimit recipientLimit();

        /** The provider that only logs. */
        Mock mock();
    }

    /** How many messages one address gets on a channel; further ones wait. */
    interface RecipientLimit {

        /** How many messages an address gets at most, in all replicas together; no limit unless set. */
        Optional<@WithConverter(Bounded.Count.class) Integer> messages();

        /** The period of this limit. */
        @WithDefault("PT1M")
        Duration per();
    }

    /** How the mock provider behaves on a channel. */
    interface Mock {

        /** How long the mock takes to answer. */
        @WithDefault("PT0S")
        Duration latency();

        /** The share of attempts that fail as a transient error, 0 to 1. */
        @WithDefault("0")
        @WithConverter(Bounded.Fraction.class)
        double failureRate();

        /** Makes the failures the same in every run. */
        @WithDefault("42")
        long seed();
    }
}
