package dev.carillon.eventsourced.rule;

import dev.cel.runtime.CelVariableResolver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The values one evaluation of a rule's expressions may look at; each is translated for CEL when first asked for. */
final class Scope implements CelVariableResolver {

    private final RuleEvent event;
    private final Facts facts;
    private final Map<String, @Nullable Object> customer;
    private final List<@Nullable Object> collected;
    private final Map<String, Optional<Object>> translated = new HashMap<>(4);

    private Scope(
            RuleEvent event,
            Facts facts,
            Map<String, @Nullable Object> customer,
            List<@Nullable Object> collected) {
        this.event = event;
        this.facts = facts;
        this.customer = customer;
        this.collected = collected;
    }

    static Scope of(RuleEvent event, Facts facts) {
        return new Scope(event, facts, Map.of(), List.of());
    }

    Scope withCustomer(Map<String, @Nullable Object> customer) {
        return new Scope(event, facts, customer, collected);
    }

    Scope withCollected(List<@Nullable Object> collected) {
        return new Scope(event, facts, customer, collected);
    }

    RuleEvent event() {
        return event;
    }

    Facts facts() {
        return facts;
    }

    @Override
    public Optional<Object> find(String name) {
        return translated.computeIfAbsent(name, this::translate);
    }

    private Optional<Object> translate(String name) {
        return Variable.named(name).map(variable -> switch (variable) {
            case EVENT -> forCel(event);
            case EARLIER -> facts.earlier() == null ? Map.of() : forCel(facts.earlier());
            case ORDER -> PlainValue.toCel(facts.order());
            case PRODUCT -> PlainValue.toCel(facts.product());
            case CUSTOMER -> PlainValue.toCel(customer);
            case COLLECTED -> PlainValue.toCel(collected);
        });
    }

    private static Map<String, Object> forCel(RuleEvent event) {
        Map<String, Object> map = new HashMap<>(8);
        map.put("id", event.id());
        map.put("type", event.type());
        map.put("source", event.source());
        if (event.subject() != null) {
            map.put("subject", event.subject());
        }
        map.put("time", event.time());
        map.put("data", PlainValue.toCel(event.data()));
        map.put("traits", PlainValue.toCel(event.traits()));
        return map;
    }
}
