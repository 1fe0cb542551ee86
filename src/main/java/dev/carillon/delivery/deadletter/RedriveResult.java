package dev.carillon.delivery.deadletter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The result of redriving one dead letter. */
sealed interface RedriveResult {

    /** It is in the outbox again. */
    record Requeued(String deliveryId, @Nullable String trackingId) implements RedriveResult {}

    /** The delivery has expired, so it was not redriven. */
    record Expired(Instant at) implements RedriveResult {}

    /** Someone else has already redriven or purged it. */
    record Gone() implements RedriveResult {}

    /** The tenant never had this dead letter. */
    record NotFound() implements RedriveResult {}
}
