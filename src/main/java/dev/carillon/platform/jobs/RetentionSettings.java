package dev.carillon.platform.jobs;

import dev.carillon.platform.settings.Bounded;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long data is kept. Data that something still waits for is kept longer. */
@ConfigMapping(prefix = "carillon.retention")
interface RetentionSettings {

    /** Events of the journal, in whole weeks: the past that explanations, backtests and replays can use. */
    @WithDefault("P90D")
    @WithConverter(Bounded.Period.class)
    Duration events();

    /** Notifications with their decisions, deliveries and attempts, in whole weeks. */
    @WithDefault("P90D")
    @WithConverter(Bounded.Period.class)
    Duration notifications();

    /** Decisions that led to no notification, in whole weeks; the others are part of their notification. */
    @WithDefault("P90D")
    @WithConverter(Bounded.Period.class)
    Duration decisions();

    /** Deliveries that failed permanently. */
    @WithDefault("P90D")
    @WithConverter(Bounded.Period.class)
    Duration deadLetters();

    /** Business keys: which facts customers were notified of, so that it happens only once. */
    @WithDefault("P400D")
    @WithConverter(Bounded.Period.class)
    Duration businessKeys();

    /** Ids of recorded events, so that duplicates are recognised. */
    @WithDefault("P400D")
    @WithConverter(Bounded.Period.class)
    Duration seenEvents();

    /** Inbox messages, read or not. */
    @WithDefault("P90D")
    @WithConverter(Bounded.Period.class)
    Duration inbox();

    /** How often a replica checks whether it is time. */
    @WithConverter(Bounded.Period.class)
    @WithDefault("10m")
    Duration lookEvery();

    /** When a replica first checks after its start. */
    @WithDefault("2m")
    @WithConverter(Bounded.Period.class)
    Duration lookAfter();
}
