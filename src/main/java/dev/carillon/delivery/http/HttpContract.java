package dev.carillon.delivery.http;

import dev.carillon.delivery.Block;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.Fault;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.http.HttpResult.HttpAnswer;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** What is specific to one provider's HTTP API; everything else is shared. */
public interface HttpContract {

    /** How the delivery is told to the provider. Fails with {@link NotReadyException} when we cannot call at all at present. */
    Uni<HttpCall> call(LeasedDelivery delivery);

    /** The provider's id for what it took with a 2xx answer; empty when the answer is not what the provider promises. */
    Optional<String> messageId(HttpAnswer answer, Delivery delivery);

    /** What the provider calls its refusal: a code, never a sentence, which could quote the recipient. */
    default String code(HttpAnswer answer) {
        return "";
    }

    /** What a refusal says of the address, whatever is sent there; empty when it is about this message, or about us. */
    default Optional<Block> block(HttpAnswer answer) {
        return Optional.empty();
    }

    /**
     * Whose fault a refusal (4xx) is: by its status, unless the provider's code says more. What is the provider's, or our account's there, the
     * next message would hear as well: it is tried again, elsewhere where there is another provider, and the circuit hears of it.
     */
    default Fault fault(HttpAnswer answer) {
        return HttpVerdict.faultByStatus(answer.status());
    }

    /** For an answer whose status alone would be misread. */
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
