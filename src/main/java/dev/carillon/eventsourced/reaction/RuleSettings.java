package dev.carillon.eventsourced.reaction;

import io.smallrye.config.ConfigMapping;

import java.nio.file.Path;
import java.util.Optional;

/** Where rules come from. */
@ConfigMapping(prefix = "carillon.rules")
public interface RuleSettings {

    /** A directory of {@code .yaml} files that replaces the rules that come with Carillon. */
    Optional<Path> path();
}
