package dev.carillon.eventsourced.journal;

import java.time.Instant;

/**
 * What was heard of a subject: events of one type, by event time, among what the journal held at a position.
 *
 * @param since inclusive
 * @param until inclusive
 * @param upTo  the last position that counts
 */
public record HistoryQuery(String tenant, String subject, String type, Instant since, Instant until, long upTo) {}
