package dev.carillon.eventsourced.intake;

import dev.carillon.notification.recipient.KnownRegions;
import dev.carillon.platform.idempotency.Work;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What a request adds to the events in it: whose they are, when they came, in which trace, ids for those that bring none, and what
 * is known of where the customers are that it speaks of.
 */
record Arrival(String tenant, Instant at, @Nullable String traceparent, Work work, KnownRegions regions) {

    Arrival with(KnownRegions known) {
        return new Arrival(tenant, at, traceparent, work, known);
    }
}
