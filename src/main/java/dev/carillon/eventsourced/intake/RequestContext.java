package dev.carillon.eventsourced.intake;

import dev.carillon.notification.recipient.KnownRegions;
import dev.carillon.platform.idempotency.IdempotentWork;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a request adds to its events: tenant, time of receipt, trace, ids for events without one, and the known
 * countries of their customers.
 */
record RequestContext(
        String tenant, Instant at, @Nullable String traceparent, IdempotentWork work, KnownRegions regions) {

    RequestContext with(KnownRegions known) {
        return new RequestContext(tenant, at, traceparent, work, known);
    }
}
