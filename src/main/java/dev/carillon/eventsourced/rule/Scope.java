package dev.carillon.eventsourced.rule;

import dev.cel.runtime.CelVariableResolver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The values that one evaluation of a rule's expressions can read. Each is converted for CEL when first read. */
record Scope(
        RuleEvent event,
        Facts facts,
        Budget budget,
        Map<String, Object> answered,
        Map<String, @Nullable Object> customer,
        List<@Nullable Object> collected,
        Map<String, Optional<Object>> converted)
        implements CelVariableResolver {

    /** @param budget pays for everything that is asked in it and in the scopes derived from it */
    static Scope of(RuleEvent event, Facts facts, Budget budget) {
        return new Scope(event, facts, budget, new HashMap<>(4), Map.of(), List.of(), new HashMap<>(4));
    }

    Scope withCustomer(Map<String, @Nullable Object> customer) {
        return new Scope(event, facts, budget, answered, customer, collected, new HashMap<>(4));
    }

    Scope withCollected(List<@Nullable Object> collected) {
        return new Scope(event, facts, budget, answered, customer, collected, new HashMap<>(4));
    }

    /** Evaluates once, for all customers, what does not depend on the customer. */
    <T> T once(Class<T> type, String question, Function<Scope, T> answer) {
        Object known = answered.get(question);
        if (known == null) {
            known = answer.apply(this);
            answered.put(question, known);
        }
        return type.cast(known);
    }

    /** The value at a path such as {@code event.data.amount}, as it was sent; null if there is none. */
    @Nullable
    Object at(FieldPath place) {
        return ScopeVariable.named(place.root())
                .map(variable -> place.in(
                        switch (variable) {
                            case EVENT -> raw(event);
                            case EARLIER -> facts.earlier() == null ? Map.of() : raw(facts.earlier());
                            case ORDER -> facts.order();
                            case PRODUCT -> facts.product();
                            case CUSTOMER -> customer;
                            case COLLECTED -> collected;
                        }))
                .orElse(null);
    }

    /** The places where numbers can be; an event's attributes are texts. */
    private static Map<String, Object> raw(RuleEvent event) {
        return Map.of("data", event.data(), "traits", event.traits());
    }

    @Override
    public Optional<Object> find(String name) {
        return converted.computeIfAbsent(name, this::convert);
    }

    private Optional<Object> convert(String name) {
        return ScopeVariable.named(name).map(variable -> switch (variable) {
            case EVENT -> forCel(event);
            case EARLIER -> facts.earlier() == null ? Map.of() : forCel(facts.earlier());
            case ORDER -> CelValue.toCel(facts.order());
            case PRODUCT -> CelValue.toCel(facts.product());
            case CUSTOMER -> CelValue.toCel(customer);
            case COLLECTED -> CelValue.toCel(collected);
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
        map.put("data", CelValue.toCel(event.data()));
        map.put("traits", CelValue.toCel(event.traits()));
        return map;
    }
}
