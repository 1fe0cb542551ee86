package dev.carillon.eventsourced.ruleset;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The text of one version of a rule, and who created it first. */
record RuleVersion(
        String id,
        String version,
        String yaml,
        RuleOrigin origin,
        @Nullable String file,
        Instant recordedAt) {}
