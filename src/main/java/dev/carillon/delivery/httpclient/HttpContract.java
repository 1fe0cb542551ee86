package dev.carillon.delivery.httpclient;

import dev.carillon.delivery.Block;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.Fault;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.httpclient.HttpResult.HttpAnswer;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

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

    /** What a refusal says about the address, whatever the message; empty if it is about this message or about us. */
    default Optional<Block> block(HttpAnswer answer) {
        return Optional.empty();
    }

    /**
     * Whose fault a refusal (4xx) is: by its status, unless the provider's code says more. A refusal that concerns the
     * provider or our account would hit the next message too: the delivery is retried, at another provider if there is
     * one, and the circuit counts it.
     */
    default Fault fault(HttpAnswer answer) {
        return HttpVerdict.faultByStatus(answer.status());
    }

    /** Overrides the verdict for answers whose status alone would be misleading. */
    default Optional<DeliveryOutcome> exception(HttpAnswer answer) {
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
