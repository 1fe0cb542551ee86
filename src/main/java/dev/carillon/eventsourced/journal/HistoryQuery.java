package dev.carillon.eventsourced.journal;

import java.time.Instant;

/**
 * A query for a subject's past events: of one type, by event time, among those recorded up to a position.
 *
 * @param since inclusive
 * @param until inclusive
 * @param upTo  the last position that counts
 * @param most  how many are read, the latest first; at most {@link EventJournal#HEARD_AT_MOST}
 */
public record HistoryQuery(
        String tenant, String subject, String type, Instant since, Instant until, long upTo, int most) {}
