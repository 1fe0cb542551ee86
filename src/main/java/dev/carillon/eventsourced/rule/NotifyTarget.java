package dev.carillon.eventsourced.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The notification type and channels a rule names, to be checked against the known notification types.
 *
 * @param category null leaves it to the type
 * @param channels the only channels to use, or empty for whichever the customer prefers
 */
public record NotifyTarget(String type, @Nullable String category, List<String> channels) {}
