package dev.carillon.comparison.story;

import dev.carillon.eventsourced.rule.Calculation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing that a team does in door 2 because of a fact. */
public sealed interface TeamStep {

    /** Asks another team, or itself, for records that it needs only for the notification. */
    record LookUp(String records, String of, @Nullable Calculation where, String as) implements TeamStep {}

    /** Asks the notification service what a customer chose. */
    record AskPreferences(Calculation customer, String category, String as) implements TeamStep {}

    /** Does the same for each item of a list. */
    record ForEach(Calculation list, String as, List<TeamStep> steps) implements TeamStep {}

    /** Calls the notification API. */
    record Call(
            String type,
            Calculation customer,
            @Nullable Calculation when,
            @Nullable TextOfParts key,
            List<String> channels,
            Map<String, Calculation> context)
            implements TeamStep {}
}
