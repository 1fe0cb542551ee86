package dev.carillon.eventsourced.backtest;

import dev.carillon.platform.settings.Bounded;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The limits of a backtest. */
@ConfigMapping(prefix = "carillon.backtest")
public interface BacktestSettings {

    /** How long a backtest may run; then it stops and reports what it has found. */
    @WithConverter(Bounded.Period.class)
    @WithDefault("10m")
    Duration deadline();
}
