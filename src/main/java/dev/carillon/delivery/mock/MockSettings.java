package dev.carillon.delivery.mock;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the mock provider logs. */
@ConfigMapping(prefix = "carillon.mock")
public interface MockSettings {

    /**
     * Whether the log shows addresses and texts in clear. For development; it always does for demo messages, which go
     * to nobody.
     */
    @WithDefault("false")
    boolean inClear();
}
