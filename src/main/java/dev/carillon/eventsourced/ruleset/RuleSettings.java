package dev.carillon.eventsourced.ruleset;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;

/** Where rules are read from. */
@ConfigMapping(prefix = "carillon.rules")
public interface RuleSettings {

    /**
     * A directory of {@code .yaml} files that replaces the rules that come with Carillon. It is watched for changes.
     */
    Optional<Path> path();

    /** How often the directory is checked. */
    @DurationMin(millis = 1)
    @WithDefault("1s")
    Duration lookEvery();
}
