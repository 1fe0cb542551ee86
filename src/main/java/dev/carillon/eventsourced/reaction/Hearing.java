package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.eventsourced.journal.PendingEvent;
import dev.carillon.eventsourced.memory.Memory.Addition;
import dev.carillon.eventsourced.memory.Memory.EntityKey;
import dev.carillon.eventsourced.memory.Memory.SetKey;
import dev.carillon.eventsourced.memory.Memory;
import dev.carillon.eventsourced.rule.Collected;
import dev.carillon.eventsourced.rule.Fact;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleEvent;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * One event and one rule that listens to it: what the rule will have to know.
 *
 * @param after where its audience was left; empty at the beginning
 */
record Hearing(PendingEvent pending, RuleEvent event, Rule rule, @Nullable Collected collected, String after) {

    static Hearing of(PendingEvent pending, Rule rule) {
        var event = ruleEvent(pending.event());
        var cursor = pending.cursor();
        return new Hearing(pending, event, rule, rule.collecting(event).orElse(null),
                cursor != null && cursor.rule().equals(rule.id()) ? cursor.after() : "");
    }

    String tenant() {
        return pending.event().tenant();
    }

    /** The order and the product the event names, if the rule speaks of them. */
    List<EntityKey> entityKeys() {
        var keys = new ArrayList<EntityKey>(2);
        if (rule.facts().contains(Fact.ORDER) && event.data().get("orderId") instanceof String id) {
            keys.add(orderKey(id));
        }
        if (rule.facts().contains(Fact.PRODUCT) && event.data().get("productId") instanceof String id) {
            keys.add(productKey(id));
        }
        return keys;
    }

    EntityKey orderKey(String id) {
        return new EntityKey(tenant(), Memory.ORDER, id);
    }

    EntityKey productKey(String id) {
        return new EntityKey(tenant(), Memory.PRODUCT, id);
    }

    @Nullable SetKey setKey() {
        return collected == null ? null : new SetKey(tenant(), rule.id(), collected.key());
    }

    /** What it adds to its set, or that it looks at it. */
    List<Addition> additions() {
        return collected == null ? List.of()
                : List.of(new Addition(new SetKey(tenant(), rule.id(), collected.key()), collected.item(), collected.value(), event.time(), event.id()));
    }

    private static RuleEvent ruleEvent(EventEnvelope event) {
        return new RuleEvent(event.id(), event.type(), event.source(), event.subject(), event.occurredAt(), event.occurredAt(), event.data(), event.traits());
    }
}
