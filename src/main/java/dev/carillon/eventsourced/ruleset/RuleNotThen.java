package dev.carillon.eventsourced.ruleset;

import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.platform.versions.DocumentChange;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A rule there is now and that was not asked at some time, because there was none or it was switched off. */
@RegisterForReflection
@Schema(
        name = "RuleNotThen",
        description =
                "A rule there is now and that was not asked at that time: it was switched off, or there was none.")
public record RuleNotThen(
        @Schema(examples = "price-drop-alert") String ruleId,

        @Schema(description = "The author's description") String description,

        @Schema(
                description = "disabled or absent",
                examples = "disabled",
                enumeration = {"disabled", "absent"})
        String state,

        @Schema(description = "Whether it is switched on now")
        boolean enabledNow,

        @Schema(description = "When it came into force after that time, UTC; null if it has not") @Nullable
        Instant inForceFrom,

        @Schema(examples = "The rule was switched off at that time.")
        String sentence) {

    /**
     * Empty if the rule was in force.
     *
     * @param changes the latest first
     */
    static Optional<RuleNotThen> of(Rule now, List<DocumentChange> changes, Instant at) {
        var earliestFirst = new ArrayList<>(changes);
        Collections.reverse(earliestFirst);
        var state = new RuleState(false, true);
        RuleState then = state;
        @Nullable Instant from = null;
        for (var change : earliestFirst) {
            state = state.after(change);
            if (!change.at().isAfter(at)) {
                then = state;
            } else if (from == null && state.answers()) {
                from = change.at();
            }
        }
        var offByItsText = !now.enabled() && state.on();
        return then.answers() && !offByItsText
                ? Optional.empty()
                : Optional.of(new RuleNotThen(
                        now.id(),
                        now.description(),
                        then.there() ? "disabled" : "absent",
                        now.enabled(),
                        now.enabled() ? from : null,
                        sentence(then.there(), now.enabled() ? from : null)));
    }

    private static String sentence(boolean there, @Nullable Instant from) {
        return (there ? "The rule was switched off at that time" : "There was no such rule at that time")
                + (from == null ? "." : "; it has been in force since " + from + ".");
    }

    /** Whether there was one, and whether it was on. */
    private record RuleState(boolean there, boolean on) {

        RuleState after(DocumentChange change) {
            return switch (RuleChange.RuleChangeKind.of(change.kind())) {
                case ENABLED -> new RuleState(change.version() != null, true);
                case DISABLED -> new RuleState(change.version() != null, false);
                case PUT, FILE_CHANGED -> new RuleState(true, on);
                case DELETED, FILE_REMOVED -> new RuleState(change.version() != null, on);
            };
        }

        boolean answers() {
            return there && on;
        }
    }
}
