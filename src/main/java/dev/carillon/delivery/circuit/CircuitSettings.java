package dev.carillon.delivery.circuit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** When a circuit opens, and for how long. */
@ConfigMapping(prefix = "carillon.circuit")
public interface CircuitSettings {

    /** Whether there are circuit breakers. */
    @WithDefault("true")
    boolean enabled();

    /** The share of failed attempts in the window that opens the circuit. */
    @WithDefault("0.5")
    @DecimalMin("0.01")
    @DecimalMax("1")
    double failureShare();

    /** With fewer attempts in the window the circuit stays closed. */
    @WithDefault("20")
    @Min(1)
    int atLeast();

    /** How far back attempts count. */
    @DurationMin(millis = 1)
    @WithDefault("PT30S")
    Duration window();

    /** How long the circuit stays open the first time; twice as long each time the probe fails. */
    @DurationMin(millis = 1)
    @WithDefault("PT15S")
    Duration pause();

    /** How long the circuit stays open at most before the next probe. */
    @DurationMin(millis = 1)
    @WithDefault("PT5M")
    Duration longestPause();
}
