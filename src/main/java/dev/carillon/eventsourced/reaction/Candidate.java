package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.rule.Decision;
import dev.carillon.eventsourced.rule.Fact;
import dev.carillon.eventsourced.timer.Digest;
import dev.carillon.eventsourced.timer.DigestItem;
import dev.carillon.eventsourced.timer.Timer;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.recipient.RecipientKey;
import dev.carillon.platform.lww.AsOf;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One customer whom a rule decides about, and the decision once it is made. Not thread-safe. */
final class Candidate {

    private final RuleEvaluation evaluation;
    private final String customerId;
    private final List<DigestItem> items;
    private @Nullable Recipient recipient;
    private @Nullable Decision decision;

    /** @param items what a digest that is due has absorbed; else empty */
    Candidate(RuleEvaluation evaluation, String customerId, List<DigestItem> items) {
        this.evaluation = evaluation;
        this.customerId = customerId;
        this.items = items;
    }

    boolean needsRecipient() {
        return evaluation.rule().facts().contains(Fact.CUSTOMER)
                || evaluation.rule().digest().isPresent();
    }

    AsOf<RecipientKey> recipientKey() {
        return new AsOf<>(new RecipientKey(evaluation.tenant(), customerId), evaluation.asOf());
    }

    /** Asks the rule about this customer; returns what that cost. */
    long decide(@Nullable Recipient known) {
        long before = evaluation.opened().spent();
        recipient = known;
        decision = ask(known == null ? Map.of("id", customerId) : known.asFacts());
        return evaluation.opened().spent() - before;
    }

    private Decision ask(Map<String, Object> customer) {
        var opened = evaluation.opened();
        if (!(evaluation.trigger() instanceof Trigger.TimerDue due)) {
            return opened.decide(customer, evaluation.at());
        }
        return switch (due.timer().kind()) {
            case DELAY, ABSENCE -> opened.release(customer, evaluation.at(), evaluation.ended());
            case TIMEOUT -> opened.timedOut(customer, evaluation.at());
            case DIGEST -> opened.releaseDigest(customer, contexts(), evaluation.at());
        };
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

    RuleEvaluation evaluation() {
        return evaluation;
    }

    List<DigestItem> items() {
        return items;
    }

    @Nullable
    Recipient recipient() {
        return recipient;
    }

    Decision decision() {
        return Objects.requireNonNull(decision, "it was not decided about");
    }

    /** The digest that a decision to wait for others belongs to; null for any other decision. */
    Digest.@Nullable DigestKey digestKey() {
        return decision instanceof Decision.Wait wait && wait.kind() == Decision.Wait.WaitKind.DIGEST
                ? new Digest.DigestKey(
                        evaluation.tenant(),
                        evaluation.rule().id(),
                        customerId,
                        Objects.requireNonNullElse(wait.key(), ""))
                : null;
    }

    /** The tracking id of what it leads to, where it was given before. */
    @Nullable
    String trackingId() {
        return evaluation.trigger() instanceof Trigger.TimerDue due
                        && due.timer().kind() == Timer.TimerKind.DIGEST
                ? due.timer().id()
                : null;
    }
}
