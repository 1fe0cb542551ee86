package dev.carillon.eventsourced.intake;

import dev.carillon.notification.recipient.KnownRegions;
import dev.carillon.platform.idempotency.IdempotentWork;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a request adds to the events in it: whose they are, when they came, in which trace, ids for those that bring none, and what
 * is known of where the customers are that it speaks of.
 */
record RequestContext(
        String tenant, Instant at, @Nullable String traceparent, IdempotentWork work, KnownRegions regions) {

    RequestContext with(KnownRegions known) {
        return new RequestContext(tenant, at, traceparent, work, known);
    }
}
