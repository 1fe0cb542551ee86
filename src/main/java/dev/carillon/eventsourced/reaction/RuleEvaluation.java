package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.eventsourced.memory.Memory;
import dev.carillon.eventsourced.memory.Memory.EntityKey;
import dev.carillon.eventsourced.memory.Memory.SetKey;
import dev.carillon.eventsourced.rule.Fact;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleEvent;
import dev.carillon.platform.lww.AsOf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One trigger and one rule to evaluate.
 *
 * @param about   the event the rule sees as {@code event}: the current one, or one that arrived before the event it follows
 * @param event   the same, in the form rules use
 * @param earlier what the event came after, where the rule wants it to come after something
 * @param ended   what ended the absence the rule waits for
 * @param setKey  the set the event belongs to, where the rule collects; worked out once, for it takes the rule's expressions
 */
record RuleEvaluation(
        Trigger.EventTrigger trigger,
        RecordedEvent about,
        RuleEvent event,
        Rule rule,
        @Nullable RuleEvent earlier,
        @Nullable RuleEvent ended,
        @Nullable AsOf<SetKey> setKey) {

    static RuleEvaluation of(
            Trigger.EventTrigger trigger,
            RecordedEvent about,
            RuleEvent event,
            Rule rule,
            @Nullable RuleEvent earlier,
            @Nullable RuleEvent ended) {
        var set = rule.collecting(event)
                .map(collected -> new AsOf<>(new SetKey(trigger.tenant(), rule.id(), collected.key()), trigger.asOf()))
                .orElse(null);
        return new RuleEvaluation(trigger, about, event, rule, earlier, ended, set);
    }

    String tenant() {
        return trigger.tenant();
    }

    Instant at() {
        return trigger.at();
    }

    long asOf() {
        return trigger.asOf();
    }

    /** The order and the product the event names, if the rule speaks of them. */
    List<AsOf<EntityKey>> entityKeys() {
        var keys = new ArrayList<AsOf<EntityKey>>(2);
        if (rule.facts().contains(Fact.ORDER) && event.data().get("orderId") instanceof String id) {
            keys.add(entityKey(Memory.ORDER, id));
        }
        if (rule.facts().contains(Fact.PRODUCT) && event.data().get("productId") instanceof String id) {
            keys.add(entityKey(Memory.PRODUCT, id));
        }
        return keys;
    }

    AsOf<EntityKey> entityKey(String kind, String id) {
        return new AsOf<>(new EntityKey(tenant(), kind, id), asOf());
    }

    /** The customer where the walk over its audience stopped; empty at the beginning. */
    String after() {
        return trigger instanceof Trigger.EventPublished heard
                        && heard.pending().cursor() != null
                        && heard.pending().cursor().rule().equals(rule.id())
                ? heard.pending().cursor().after()
                : "";
    }

    /** Whether this trigger loads the rule's audience; a timer already has its customer. */
    boolean opens() {
        return trigger instanceof Trigger.EventPublished;
    }

    static RuleEvent ruleEvent(RecordedEvent recorded) {
        var event = recorded.event();
        return new RuleEvent(
                event.id(),
                event.type(),
                event.source(),
                event.subject(),
                recorded.at(),
                recorded.recordedAt(),
                event.data(),
                event.traits());
    }
}
