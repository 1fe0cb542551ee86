package dev.carillon.comparison;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** The demo endpoints and the sample data. */
@ConfigMapping(prefix = "carillon.demo")
public interface DemoSettings {

    /** Serves {@code /demo} and loads the sample data into the default tenant at the first start. On in development. */
    @WithDefault("false")
    boolean enabled();

    /** A directory with scenario files of your own ({@code *.yaml}), which come besides those that are shipped. */
    Optional<Path> scenariosPath();
}
