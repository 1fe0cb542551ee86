package dev.carillon.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What may come of one attempt. */
public sealed interface DeliveryOutcome {

    /** The provider took it. */
    record Sent(String providerMessageId) implements DeliveryOutcome {}

    /**
     * Not this time.
     *
     * @param after how long the provider asked us to wait; null when it did not
     * @param fault whose it is: what is about one message, or one recipient, says nothing of the provider
     */
    record RetryLater(
            FailureKind failure, String detail, @Nullable Duration after, Fault fault) implements DeliveryOutcome {

        /** What we are asked to wait with is about that message; everything else may be the provider's. */
        public RetryLater(FailureKind failure, String detail, @Nullable Duration after) {
            this(failure, detail, after, failure == FailureKind.RATE_LIMITED ? Fault.MESSAGE : Fault.PROVIDER);
        }
    }

    /**
     * Not tried after all, and nothing of it was sent: there was no way free. It is due again at once; that is no attempt, and says nothing of
     * anybody. Only for what bounds itself: whoever answers this lets fewer start than before.
     */
    record NotTried(String detail) implements DeliveryOutcome {}

    /** Whose fault it is that something could not be sent this time. */
    enum Fault {
        /** Of this message or its recipient: the next one may pass. */
        MESSAGE,
        /** Of the provider, the way to it, or our account: the next one would fail as well. */
        PROVIDER
    }

    /** Never: trying again cannot help; {@code block} is why nothing more should go to the address either, where that is so. */
    record Refused(
            FailureKind failure, String detail, @Nullable Block block) implements DeliveryOutcome {

        public Refused(FailureKind failure, String detail) {
            this(failure, detail, null);
        }
    }
}
