package dev.carillon.eventsourced.intake;

import dev.carillon.platform.idempotency.Work;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** What a request adds to the events in it: whose they are, when they came, in which trace, and ids for those that bring none. */
record Arrival(String tenant, Instant at, @Nullable String traceparent, Work work) {
}
