package dev.carillon.delivery;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** What may come of one attempt. */
public sealed interface DeliveryOutcome {

    /** The provider took it. */
    record Sent(String providerMessageId) implements DeliveryOutcome {
    }

    /** Not this time; {@code after} is how long the provider asked us to wait, if it did. */
    record RetryLater(FailureKind failure, String detail, @Nullable Duration after) implements DeliveryOutcome {
    }

    /** Never: trying again cannot help. */
    record Refused(FailureKind failure, String detail) implements DeliveryOutcome {
    }
}
