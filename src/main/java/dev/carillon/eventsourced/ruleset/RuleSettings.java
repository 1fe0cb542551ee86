package dev.carillon.eventsourced.ruleset;

import dev.carillon.platform.settings.Bounded;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where rules are read from. */
@ConfigMapping(prefix = "carillon.rules")
public interface RuleSettings {

    /**
     * A directory of {@code .yaml} files that replaces the rules that come with Carillon. It is watched for changes.
     */
    Optional<Path> path();

    /** How often the directory is checked. */
    @WithConverter(Bounded.Period.class)
    @WithDefault("1s")
    Duration lookEvery();
}
