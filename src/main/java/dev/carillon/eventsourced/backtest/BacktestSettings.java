package dev.carillon.eventsourced.backtest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** The limits of a backtest. */
@ConfigMapping(prefix = "carillon.backtest")
public interface BacktestSettings {

    /** How long a backtest may run; then it stops and reports what it has found. */
    @DurationMin(millis = 1)
    @WithDefault("10m")
    Duration deadline();
}
