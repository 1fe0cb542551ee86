package dev.carillon.eventsourced.backtest;

import dev.carillon.eventsourced.journal.EventPlace;
import java.time.Instant;

/**
 * The part of a tenant's journal that a backtest reads.
 *
 * @param start where the rules begin to hear: what is decided before {@code from} only fills what they remember
 * @param from  the first position that counts
 * @param to    the last position that counts
 * @param until time passes until then after the last event
 */
record BacktestStretch(String tenant, EventPlace start, long from, long to, Instant until) {}
