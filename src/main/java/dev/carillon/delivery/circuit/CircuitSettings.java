package dev.carillon.delivery.circuit;

import dev.carillon.platform.settings.Bounded;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When a circuit opens, and for how long. */
@ConfigMapping(prefix = "carillon.circuit")
public interface CircuitSettings {

    /** Whether there are circuit breakers. */
    @WithDefault("true")
    boolean enabled();

    /** The share of failed attempts in the window that opens the circuit. */
    @WithDefault("0.5")
    @WithConverter(Bounded.SomeFraction.class)
    double failureShare();

    /** With fewer attempts in the window the circuit stays closed. */
    @WithDefault("20")
    @WithConverter(Bounded.Count.class)
    int atLeast();

    /** How far back attempts count. */
    @WithConverter(Bounded.Period.class)
    @WithDefault("PT30S")
    Duration window();

    /** How long the circuit stays open the first time; twice as long each time the probe fails. */
    @WithConverter(Bounded.Period.class)
    @WithDefault("PT15S")
    Duration pause();

    /** How long the circuit stays open at most before the next probe. */
    @WithConverter(Bounded.Period.class)
    @WithDefault("PT5M")
    Duration longestPause();
}
