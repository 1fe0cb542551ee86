package dev.carillon.delivery.httpclient;

import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.Refused;
import dev.carillon.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.delivery.FailureKind;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** The possible results of one call. */
public sealed interface HttpResult {

    /**
     * The status and headers of an answer, and as much of its body as was read.
     *
     * @param whole whether the body ended as it should, and was not too long
     */
    record HttpAnswer(int status, MultiMap headers, Buffer body, boolean whole) implements HttpResult {

        public boolean successful() {
            return status / 100 == 2;
        }

        /** The body as a JSON object; an empty one when it is none. */
        public JsonObject json() {
            try {
                return whole ? body.toJsonObject() : new JsonObject();
            } catch (DecodeException | ClassCastException garbage) {
                return new JsonObject();
            }
        }

        /** A text of that object; empty when there is none. */
        public Optional<String> text(String name) {
            return json().getValue(name) instanceof String text && !text.isBlank()
                    ? Optional.of(text)
                    : Optional.empty();
        }
    }

    /** No answer. Its meaning for the delivery is the same for every provider. */
    sealed interface Unanswered extends HttpResult {

        DeliveryOutcome outcome();
    }

    /**
     * The call failed or timed out.
     *
     * @param sent  whether the call may have arrived
     * @param cause what broke, without anything of the call in it
     */
    record NoAnswer(boolean sent, String cause) implements Unanswered {

        @Override
        public DeliveryOutcome outcome() {
            return sent
                    ? new RetryLater(FailureKind.OUTCOME_UNKNOWN, cause + " after sending", null)
                    : new RetryLater(FailureKind.PROVIDER_ERROR, cause + " before sending", null);
        }
    }

    /** The call was not made: the destination is not allowed. */
    record NotAllowed(String why) implements Unanswered {

        @Override
        public DeliveryOutcome outcome() {
            return new Refused(FailureKind.REJECTED, why);
        }
    }
}
