package dev.carillon.delivery.httpclient;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.Fault;
import dev.carillon.delivery.DeliveryOutcome.Refused;
import dev.carillon.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.httpclient.HttpResult.HttpAnswer;
import dev.carillon.delivery.httpclient.HttpResult.Unanswered;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Maps a provider's answer to the delivery's outcome: permanent, throttled, transient or ambiguous. Only statuses and
 * codes are kept of the answer: other text may quote the recipient.
 */
public final class HttpVerdict {

    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    /** Timed out, in conflict, too early: the same call may pass later. */
    private static final Set<Integer> PASSING = Set.of(408, 409, 425);
    /**
     * Statuses about us (credentials, account, permissions) or about how we call: they are not about the message, and
     * the next one would get them too.
     */
    private static final Set<Integer> ABOUT_US = Set.of(401, 402, 403, 404, 405, 406, 407, 411, 415, 426);

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.:\\-]{1,64}");

    private HttpVerdict() {}

    public static DeliveryOutcome of(HttpResult result, HttpContract contract, Delivery delivery, Instant now) {
        if (result instanceof Unanswered unanswered) {
            return unanswered.outcome();
        }
        var answer = (HttpAnswer) result;
        var asked = RetryAfter.of(answer.headers().get("Retry-After"), now);
        return contract.exception(answer, asked).orElseGet(() -> of(answer, asked, contract, delivery));
    }

    private static DeliveryOutcome of(
            HttpAnswer answer, @Nullable Duration asked, HttpContract contract, Delivery delivery) {
        if (answer.successful()) {
            return contract.messageId(answer, delivery)
                    .<DeliveryOutcome>map(Sent::new)
                    .orElseGet(() -> new RetryLater(
                            FailureKind.OUTCOME_UNKNOWN,
                            said(answer, "") + ", but its answer is incomplete or unreadable",
                            null));
        }
        var code = contract.code(answer);
        var said = said(answer, code);
        if (answer.status() == TOO_MANY || answer.status() == UNAVAILABLE && asked != null) {
            return new RetryLater(FailureKind.RATE_LIMITED, said, asked);
        }
        if (answer.status() / 100 != 4) {
            return new RetryLater(FailureKind.PROVIDER_ERROR, said, asked);
        }
        if (PASSING.contains(answer.status())) {
            return new RetryLater(FailureKind.PROVIDER_ERROR, said, asked, Fault.MESSAGE);
        }
        return contract.fault(answer) == Fault.PROVIDER
                ? new RetryLater(FailureKind.PROVIDER_ERROR, said, asked)
                : new Refused(
                        FailureKind.REJECTED,
                        said,
                        contract.errorCodes().block(code).orElse(null));
    }

    static Fault faultByStatus(int status) {
        return ABOUT_US.contains(status) ? Fault.PROVIDER : Fault.MESSAGE;
    }

    private static String said(HttpAnswer answer, String code) {
        return "HTTP " + answer.status() + (CODE.matcher(code).matches() ? " " + code : "");
    }
}
