package dev.carillon.eventsourced.journal;

import java.util.List;

/**
 * Limits one read of the journal: so many events, or fewer if they reach the memory limit, and at least one.
 *
 * @param more whether there may be more behind them
 */
public record Portion<E>(List<E> events, boolean more) {}
