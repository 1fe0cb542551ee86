package dev.carillon.eventsourced.journal;

import java.time.Instant;

/** A time in a tenant's history. */
public record Moment(String tenant, Instant at) {}
