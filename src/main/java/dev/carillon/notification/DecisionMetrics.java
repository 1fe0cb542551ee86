package dev.carillon.notification;

import dev.carillon.notification.tracking.RuleDecision;
import dev.carillon.notification.tracking.Reason;
import dev.carillon.notification.tracking.Review;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Counts what was committed: decisions by verdict and reason, notifications by type, door and status. */
@ApplicationScoped
public class DecisionMetrics {

    private final MeterRegistry meters;

    DecisionMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    public void decided(RuleDecision decision) {
        decided(decision.verdict().wire(), decision.reason());
    }

    void decided(Review review) {
        decided(review.verdict().wire(), review.reason());
    }

    void decided(Receipt receipt) {
        if (receipt instanceof Receipt.Queued) {
            decided("notify", null);
            notified(receipt, "queued");
        } else if (receipt instanceof Receipt.Deferred deferred) {
            decided("defer", deferred.reason());
            notified(receipt, "deferred");
        } else if (receipt instanceof Receipt.Suppressed suppressed) {
            decided("suppress", suppressed.reason());
            notified(receipt, "suppressed");
        }
    }

    private void notified(Receipt receipt, String status) {
        meters.counter("carillon.notifications", "type", receipt.command().type(), "door", receipt.command().origin().door(),
                "status", status).increment();
    }

    private void decided(String verdict, @Nullable Reason reason) {
        meters.counter("carillon.decisions", "verdict", verdict, "reason", reason == null ? "" : reason.name()).increment();
    }
}
