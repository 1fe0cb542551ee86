package dev.carillon.delivery.httpclient;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.Fault;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.httpclient.HttpResult.HttpAnswer;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is specific to one provider's HTTP API; everything else is shared. */
public interface HttpContract {

    /**
     * Builds the provider's call for a delivery. Fails with {@link NotReadyException} when no call is possible at the
     * moment.
     */
    Uni<HttpCall> call(LeasedDelivery delivery);

    /** The provider's id for what it took with a 2xx answer; empty when the answer is not what the provider promises. */
    Optional<String> messageId(HttpAnswer answer, Delivery delivery);

    /** The provider's code for its refusal, never a sentence, which could quote the recipient. */
    default String code(HttpAnswer answer) {
        return "";
    }

    /** What the provider's codes mean. */
    default ErrorCodes errorCodes() {
        return ErrorCodes.NONE;
    }

    /**
     * Whose fault a refusal (4xx) is: by its code, or else by its status. A refusal that concerns the
     * provider or our account would hit the next message too: the delivery is retried, at another provider if there is
     * one, and the circuit counts it.
     */
    default Fault fault(HttpAnswer answer) {
        return errorCodes().fault(code(answer)).orElseGet(() -> HttpVerdict.faultByStatus(answer.status()));
    }

    /**
     * Overrides the verdict for answers whose status alone would be misleading.
     *
     * @param asked how long it asks us to wait; null when it does not
     */
    default Optional<DeliveryOutcome> exception(HttpAnswer answer, @Nullable Duration asked) {
        return Optional.empty();
    }

    /** Nothing can be sent at the moment, and no message is at fault. */
    final class NotReadyException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public NotReadyException(String why) {
            super(why, null, false, false);
        }
    }
}
