package dev.carillon.delivery.mock;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the mock provider logs. */
@ConfigMapping(prefix = "carillon.mock")
public interface MockSettings {

    /** Whether addresses and words stand in the log in clear. For development; messages of the demo, which are to nobody, always do. */
    @WithDefault("false")
    boolean inClear();
}
