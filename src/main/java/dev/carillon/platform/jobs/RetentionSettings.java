package dev.carillon.platform.jobs;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** How long data is kept. Data that something still waits for is kept longer. */
@ConfigMapping(prefix = "carillon.retention")
interface RetentionSettings {

    /** Events of the journal, in whole weeks: explanations, backtests and replays go back as far. */
    @WithDefault("P90D")
    Duration events();

    /** Notifications with their deliveries and attempts, in whole weeks. */
    @WithDefault("P90D")
    Duration notifications();

    /** Decisions, in whole weeks. */
    @WithDefault("P90D")
    Duration decisions();

    /** What was given up. */
    @WithDefault("P90D")
    Duration deadLetters();

    /** Which facts were told, so that they are not told twice. */
    @WithDefault("P400D")
    Duration businessKeys();

    /** Which events were seen, so that they are not taken twice. */
    @WithDefault("P400D")
    Duration seenEvents();

    /** What customers find in their inbox, read or not. */
    @WithDefault("P90D")
    Duration inbox();

    /** How often a replica asks whether it is time. */
    @DurationMin(millis = 1)
    @WithDefault("10m")
    Duration lookEvery();

    /** When it asks first, after its start. */
    @WithDefault("2m")
    Duration lookAfter();
}
