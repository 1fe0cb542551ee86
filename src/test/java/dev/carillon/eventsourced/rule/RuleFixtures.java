package dev.carillon.eventsourced.rule;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The words rule tests are written in. */
final class RuleFixtures {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private RuleFixtures() {}

    /** A book of one file, {@code test.yaml}. */
    static RuleBook book(String yaml) {
        return book(List.of(new RuleSource("test.yaml", yaml)));
    }

    static RuleBook book(List<RuleSource> sources) {
        return RuleBook.parse(sources, EventShapes.NONE, ReadingBounds.none());
    }

    /** The only rule of the text. */
    static Rule rule(String yaml) {
        return book(yaml).rules().get(0);
    }

    /** A rule that says yes to everything but for the lines given. */
    static Rule ruleWith(String... lines) {
        boolean notifies = Stream.of(lines).anyMatch(line -> line.startsWith("notify:"));
        return rule("- id: r\n  on: e\n" + (notifies ? "" : "  notify: { type: T }\n")
                + Stream.of(lines).map(line -> "  " + line + "\n").reduce("", String::concat));
    }

    /** The rules that come with the service. */
    static RuleBook shippedRules() {
        return book(Stream.of("ordering.yaml", "pricing.yaml", "billing.yaml", "promotions.yaml", "fintech.yaml")
                .map(name -> new RuleSource(name, resource("/rules/" + name)))
                .toList());
    }

    static RuleEvent event(String type, @Nullable String subject, Map<String, @Nullable Object> data) {
        return new RuleEvent("ev-1", type, "/test", subject, NOON, NOON, data, Map.of());
    }

    /** An event of type {@code e} about customer {@code c-1}. */
    static RuleEvent event(Map<String, @Nullable Object> data) {
        return event("e", "c-1", data);
    }

    static RuleEvent happened(
            String id, String type, @Nullable String subject, Instant time, Map<String, @Nullable Object> data) {
        return new RuleEvent(id, type, "/test", subject, time, time, data, Map.of());
    }

    static Map<String, @Nullable Object> customer(String id) {
        return Map.of("id", id);
    }

    static Map<String, @Nullable Object> goldCustomer(String id) {
        return Map.of("id", id, "name", "Ada", "segment", "gold");
    }

    static Facts order(Map<String, @Nullable Object> order) {
        return new Facts(order, Map.of(), Map.of());
    }

    /** An order of which these lines are known, with what was heard of them. */
    static Facts orderOf(List<String> lines, Map<String, @Nullable Object> heard) {
        List<Map<String, Object>> items = lines.stream()
                .map(id -> Map.<String, Object>of("id", id, "quantity", 1L))
                .toList();
        return new Facts(Map.of("lineItems", items), Map.of(), heard);
    }

    static Map<String, @Nullable Object> dataWithNull(String field) {
        Map<String, @Nullable Object> data = new HashMap<>();
        data.put(field, null);
        return data;
    }

    private static String resource(String path) {
        try (InputStream in = RuleFixtures.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
