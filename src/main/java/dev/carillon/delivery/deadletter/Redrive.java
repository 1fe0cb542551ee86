package dev.carillon.delivery.deadletter;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** What became of the wish to give one dead letter another try. */
sealed interface Redrive {

    /** It is in the outbox again. */
    record Done(String deliveryId, @Nullable String trackingId) implements Redrive {
    }

    /** It would come too late. */
    record Expired(Instant at) implements Redrive {
    }

    /** It was a dead letter, and somebody else has redriven or purged it. */
    record Gone() implements Redrive {
    }

    /** The tenant has no such dead letter, and never had. */
    record Unknown() implements Redrive {
    }
}
