package dev.carillon.eventsourced.journal;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits on what the journal accepts. */
@ConfigMapping(prefix = "carillon.events")
public interface EventSettings {

    /**
     * How large one event may be as it is stored: its data, traits and extensions as JSON. CloudEvents requires at
     * least 64 KiB.
     */
    @WithDefault("256K")
    MemorySize maxSize();
}
