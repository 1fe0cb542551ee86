package dev.carillon.notification;

import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.decision.RuleDecision;
import dev.carillon.notification.decision.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Counts committed decisions by verdict and reason, and notifications by type, door and status. */
@ApplicationScoped
public class DecisionMetrics {

    private final MeterRegistry meters;

    DecisionMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    public void decided(RuleDecision decision) {
        decided(decision.verdict(), decision.reason());
    }

    void decided(Review review) {
        decided(review.verdict(), review.reason());
    }

    void decided(Receipt receipt) {
        if (receipt instanceof Receipt.Queued) {
            decided(Verdict.NOTIFY, null);
            notified(receipt, "queued");
        } else if (receipt instanceof Receipt.Deferred deferred) {
            decided(Verdict.DEFER, deferred.reason());
            notified(receipt, "deferred");
        } else if (receipt instanceof Receipt.Suppressed suppressed) {
            decided(Verdict.SUPPRESS, suppressed.reason());
            notified(receipt, "suppressed");
        }
    }

    private void notified(Receipt receipt, String status) {
        Counter.builder("carillon.notifications")
                .description("Notifications by their first status")
                .tag("type", receipt.command().type())
                .tag("door", receipt.command().origin().door().wire())
                .tag("status", status)
                .register(meters)
                .increment();
    }

    private void decided(Verdict verdict, @Nullable Reason reason) {
        Counter.builder("carillon.decisions")
                .description("Decisions of rules and of the corridor's gates")
                .tag("verdict", verdict.wire())
                .tag("reason", reason == null ? "" : reason.name())
                .register(meters)
                .increment();
    }
}
