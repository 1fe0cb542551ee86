package dev.carillon.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The possible results of one attempt. */
public sealed interface DeliveryOutcome {

    /**
     * The provider accepted the message.
     *
     * @param detail its answer as a code, where somebody wants to know it
     */
    record Sent(String providerMessageId, @Nullable String detail) implements DeliveryOutcome {

        public Sent(String providerMessageId) {
            this(providerMessageId, null);
        }
    }

    /**
     * The attempt failed and is retried later.
     *
     * @param after how long the provider asked us to wait; null when it did not
     * @param fault whose it is: what is about one message, or one recipient, says nothing of the provider
     */
    record RetryLater(
            FailureKind failure, String detail, @Nullable Duration after, Fault fault) implements DeliveryOutcome {

        /** A request to wait is about the message; any other failure may be the provider's. */
        public RetryLater(FailureKind failure, String detail, @Nullable Duration after) {
            this(failure, detail, after, failure == FailureKind.RATE_LIMITED ? Fault.MESSAGE : Fault.PROVIDER);
        }
    }

    /**
     * Nothing was sent, because no connection was free. The delivery is due again at once. This is no attempt, and it
     * says nothing about the provider. Only for gateways that limit themselves: a gateway that answers this lets fewer
     * deliveries start than before.
     */
    record NotTried(String detail) implements DeliveryOutcome {}

    /** Who caused the failure of an attempt. */
    enum Fault {
        /** This message or its recipient: the next one may succeed. */
        MESSAGE,
        /** The provider, the way to it, or our account: the next message would fail as well. */
        PROVIDER
    }

    /**
     * The delivery failed permanently: a retry cannot help. {@code block} is the reason why nothing more should go to
     * the address, if there is one.
     */
    record Refused(
            FailureKind failure, String detail, @Nullable Block block) implements DeliveryOutcome {

        public Refused(FailureKind failure, String detail) {
            this(failure, detail, null);
        }
    }
}
