package dev.carillon.eventsourced.memory;

import java.time.Instant;
import java.util.Map;

/**
 * The items a rule has collected in one set.
 *
 * @param items    item → its latest value
 * @param openedBy the position of the set's first event
 * @param openedAt when that was recorded
 */
public record CollectedSet(Map<String, Object> items, long openedBy, Instant openedAt) {}
