package dev.carillon.eventsourced.ruleset;

import dev.carillon.eventsourced.rule.Rule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rule in force: compiled, as text, and with its origin.
 *
 * @param rule  on or off as it is in force
 * @param file  the file that has a rule of this id, which the API's replaces; null when none has
 * @param since null until it is in the database
 */
record ActiveRule(
        Rule rule,
        String yaml,
        RuleOrigin origin,
        @Nullable String file,
        @Nullable Instant since) {}
