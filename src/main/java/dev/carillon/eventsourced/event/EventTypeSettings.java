package dev.carillon.eventsourced.event;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where event schemas are read from, besides the ones that come with Carillon. */
@ConfigMapping(prefix = "carillon.event-types")
public interface EventTypeSettings {

    /** A directory of {@code <type>.json} files, each a JSON Schema; they add to the bundled ones or replace them. */
    Optional<Path> path();
}
