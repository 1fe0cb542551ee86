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

    /** Never: trying again cannot help; {@code block} is why nothing more should go to the address either, where that is so. */
    record Refused(FailureKind failure, String detail, @Nullable Block block) implements DeliveryOutcome {

        public Refused(FailureKind failure, String detail) {
            this(failure, detail, null);
        }
    }
}
