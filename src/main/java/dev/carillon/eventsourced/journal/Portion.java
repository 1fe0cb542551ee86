package dev.carillon.eventsourced.journal;

import java.util.List;

/**
 * As much of the journal as is read at once: so many events, or fewer that fill the memory they may take, and at least one.
 *
 * @param more whether there may be more behind them
 */
public record Portion<E>(List<E> events, boolean more) {}
