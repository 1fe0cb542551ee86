package dev.carillon.delivery.deadletter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of the wish to give one dead letter another try. */
sealed interface RedriveResult {

    /** It is in the outbox again. */
    record Requeued(String deliveryId, @Nullable String trackingId) implements RedriveResult {}

    /** It would come too late. */
    record Expired(Instant at) implements RedriveResult {}

    /** It was a dead letter, and somebody else has redriven or purged it. */
    record Gone() implements RedriveResult {}

    /** The tenant has no such dead letter, and never had. */
    record NotFound() implements RedriveResult {}
}
