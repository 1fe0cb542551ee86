package dev.carillon.comparison;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The demo endpoints and the sample data. */
@ConfigMapping(prefix = "carillon.demo")
public interface DemoSettings {

    /** Serves {@code /demo} and loads the sample data into the default tenant at the first start. On in development. */
    @WithDefault("false")
    boolean enabled();
}
