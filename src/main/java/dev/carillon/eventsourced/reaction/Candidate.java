package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.rule.Decision;
import dev.carillon.eventsourced.rule.Evaluation;
import dev.carillon.eventsourced.rule.Fact;
import dev.carillon.eventsourced.timer.DigestItem;
import dev.carillon.eventsourced.timer.Timer;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.platform.lww.AsOf;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One customer that a rule decides about for one trigger.
 *
 * @param items what a digest that is due has absorbed; else empty
 */
record Candidate(RuleEvaluation ruleEvaluation, Evaluation evaluation, String customerId, List<DigestItem> items) {

    boolean needsCustomer() {
        return ruleEvaluation.rule().facts().contains(Fact.CUSTOMER)
                || ruleEvaluation.rule().digest().isPresent();
    }

    AsOf<Recipient.RecipientKey> recipientKey() {
        return new AsOf<>(new Recipient.RecipientKey(ruleEvaluation.tenant(), customerId), ruleEvaluation.asOf());
    }

    Decision decide(@Nullable Recipient recipient) {
        Map<String, Object> customer = recipient == null ? Map.of("id", customerId) : recipient.asFacts();
        if (!(ruleEvaluation.trigger() instanceof Trigger.TimerDue due)) {
            return evaluation.decide(customer, ruleEvaluation.at());
        }
        return switch (due.timer().kind()) {
            case DELAY, ABSENCE -> evaluation.release(customer, ruleEvaluation.at(), ruleEvaluation.ended());
            case TIMEOUT -> evaluation.timedOut(customer, ruleEvaluation.at());
            case DIGEST -> evaluation.releaseDigest(customer, contexts(), ruleEvaluation.at());
        };
    }

    /** The tracking id of what it leads to, where it was given before. */
    @Nullable
    String trackingId() {
        return ruleEvaluation.trigger() instanceof Trigger.TimerDue due
                        && due.timer().kind() == Timer.TimerKind.DIGEST
                ? due.timer().id()
                : null;
    }

    /** Of several items about one fact the last is used, in the place of the first. */
    private List<Map<String, Object>> contexts() {
        var contexts = new LinkedHashMap<String, Map<String, Object>>();
        for (int i = 0; i < items.size(); i++) {
            var fact = items.get(i).factKey();
            contexts.put(fact == null ? "#" + i : fact, items.get(i).context());
        }
        return List.copyOf(contexts.values());
    }
}
