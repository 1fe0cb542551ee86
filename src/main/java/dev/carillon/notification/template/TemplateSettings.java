package dev.carillon.notification.template;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;

/** Where notification types are read from, besides the ones that come with Carillon. */
@ConfigMapping(prefix = "carillon.notifications")
public interface TemplateSettings {

    /**
     * A directory of type folders; each adds a type or replaces a bundled one completely. It is watched for changes.
     */
    Optional<Path> path();

    /** How often the directory is checked. */
    @DurationMin(millis = 1)
    @WithDefault("1s")
    Duration lookEvery();
}
