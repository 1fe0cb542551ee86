package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.rule.Decision;
import dev.carillon.eventsourced.rule.Evaluation;
import dev.carillon.eventsourced.rule.Fact;
import dev.carillon.eventsourced.waiting.Item;
import dev.carillon.eventsourced.waiting.Timer;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.platform.latest.AsOf;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One customer a rule has to decide about on one occasion.
 *
 * @param items what a digest that is due has absorbed; else empty
 */
record Candidate(Hearing hearing, Evaluation evaluation, String customerId, List<Item> items) {

    boolean needsCustomer() {
        return hearing.rule().facts().contains(Fact.CUSTOMER) || hearing.rule().digest().isPresent();
    }

    AsOf<Recipient.Key> recipientKey() {
        return new AsOf<>(new Recipient.Key(hearing.tenant(), customerId), hearing.asOf());
    }

    Decision decide(@Nullable Recipient recipient) {
        Map<String, Object> customer = recipient == null ? Map.of("id", customerId) : recipient.asFacts();
        if (!(hearing.occasion() instanceof Occasion.Due due)) {
            return evaluation.decide(customer, hearing.at());
        }
        return switch (due.timer().kind()) {
            case DELAY, ABSENCE -> evaluation.release(customer, hearing.at(), hearing.ended());
            case TIMEOUT -> evaluation.timedOut(customer, hearing.at());
            case DIGEST -> evaluation.releaseDigest(customer, contexts(), hearing.at());
        };
    }

    /** The tracking id of what it leads to, where it was given before. */
    @Nullable String trackingId() {
        return hearing.occasion() instanceof Occasion.Due due && due.timer().kind() == Timer.Kind.DIGEST ? due.timer().id() : null;
    }

    /** Of several items about one fact the last is told, where the first stood. */
    private List<Map<String, Object>> contexts() {
        var contexts = new LinkedHashMap<String, Map<String, Object>>();
        for (int i = 0; i < items.size(); i++) {
            var fact = items.get(i).factKey();
            contexts.put(fact == null ? "#" + i : fact, items.get(i).context());
        }
        return List.copyOf(contexts.values());
    }
}
