package dev.carillon.platform.security;

import dev.carillon.platform.settings.Bounded;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Sessions of the console. */
@ConfigMapping(prefix = "carillon.session")
interface SessionSettings {

    /** When a session ends that nobody uses. */
    @WithDefault("30m")
    @WithConverter(Bounded.Period.class)
    Duration idle();

    /** When a session ends in any case. */
    @WithDefault("12h")
    @WithConverter(Bounded.Period.class)
    Duration longest();
}
