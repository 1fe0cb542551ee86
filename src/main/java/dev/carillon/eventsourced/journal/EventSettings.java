package dev.carillon.eventsourced.journal;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits on what the journal accepts. */
@ConfigMapping(prefix = "carillon.events")
public interface EventSettings {

    /** How large one event may be as it is kept: its data, traits and extensions, written as JSON. CloudEvents asks for 64 KiB at least. */
    @WithDefault("256K")
    MemorySize maxSize();
}
