package dev.carillon.notification.template;

import dev.carillon.platform.settings.Bounded;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where notification types are read from, besides the ones that come with Carillon. */
@ConfigMapping(prefix = "carillon.notifications")
public interface TemplateSettings {

    /**
     * A directory of type folders; each adds a type or replaces a bundled one completely. It is watched for changes.
     */
    Optional<Path> path();

    /** How often the directory is checked. */
    @WithConverter(Bounded.Period.class)
    @WithDefault("1s")
    Duration lookEvery();
}
