package dev.carillon.eventsourced.ruleset;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The text of a rule in one version, and who brought it first. */
record RuleVersion(
        String id,
        String version,
        String yaml,
        RuleOrigin origin,
        @Nullable String file,
        Instant recordedAt) {}
