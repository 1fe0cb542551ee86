package dev.carillon.eventsourced.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Selects events of a tenant's journal, newest first.
 *
 * @param from  recorded then or later
 * @param to    recorded before
 * @param after where the page before ended
 */
record EventFilter(
        String tenant,
        @Nullable String type,
        @Nullable String subject,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable EventCursor after,
        int limit) {}
