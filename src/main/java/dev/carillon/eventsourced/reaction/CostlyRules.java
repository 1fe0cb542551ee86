package dev.carillon.eventsourced.reaction;

import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.decision.RuleDecision;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Warns the operator of rules that were stopped because they cost too much. It logs now and then, not each time. */
@ApplicationScoped
class CostlyRules {

    private static final Duration QUIET = Duration.ofMinutes(1);

    private final Clock clock;
    private final Map<String, Long> stopped = new HashMap<>();
    private Instant next = Instant.MIN;

    CostlyRules(Clock clock) {
        this.clock = clock;
    }

    /** Call it after the commit. */
    void decided(RuleDecision decision) {
        if (decision.reason() == Reason.RULE_TOO_COSTLY) {
            stopped(decision.rule().id());
        }
    }

    private synchronized void stopped(String ruleId) {
        stopped.merge(ruleId, 1L, Long::sum);
        if (!clock.instant().isBefore(next)) {
            stopped.forEach((rule, times) -> Log.warnf(
                    "rule exceeded its cost budget and was stopped; its decisions say %s: ruleId=%s times=%d",
                    Reason.RULE_TOO_COSTLY, rule, times));
            stopped.clear();
            next = clock.instant().plus(QUIET);
        }
    }
}
