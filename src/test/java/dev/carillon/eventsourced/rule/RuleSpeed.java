package dev.carillon.eventsourced.rule;

import static dev.carillon.eventsourced.rule.RuleFixtures.NOON;
import static dev.carillon.eventsourced.rule.RuleFixtures.customer;
import static dev.carillon.eventsourced.rule.RuleFixtures.event;
import static dev.carillon.eventsourced.rule.RuleFixtures.goldCustomer;

import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prints what deciding costs, in microseconds; run by hand, asserts nothing. */
final class RuleSpeed {

    private static int blackHole;

    private RuleSpeed() {}

    public static void main(String[] args) {
        RuleBook book = RuleFixtures.shippedRules();
        Rule shipped = book.rule("order-shipped").orElseThrow();
        Rule drop = book.rule("price-drop-alert").orElseThrow();
        RuleBook ten = RuleFixtures.book(IntStream.range(0, 10)
                .mapToObj(i -> "- { id: r" + i + ", on: ordering.*, when: \"event.data.newStatus == 'S" + i
                        + "'\", notify: { type: T } }\n")
                .collect(Collectors.joining()));
        RuleEvent event = event(
                "ordering.order-status-changed",
                "c-1",
                Map.of(
                        "orderId",
                        "o-1",
                        "customerId",
                        "c-1",
                        "oldStatus",
                        "PACKED",
                        "newStatus",
                        "SHIPPED",
                        "trackingNumber",
                        "1Z",
                        "carrier",
                        "UPS"));
        RuleEvent price = event(
                "pricing.price-changed",
                null,
                Map.of(
                        "productId",
                        "p-1",
                        "productName",
                        "Router",
                        "oldPrice",
                        149.99,
                        "newPrice",
                        119.99,
                        "currency",
                        "EUR"));

        measure(
                "order-shipped: opens",
                () -> shipped.evaluate(event, Facts.none()).opens().hashCode());
        measure(
                "order-shipped: opens + decide",
                () -> shipped.evaluate(event, Facts.none()).opens().detail().length()
                        + shipped.evaluate(event, Facts.none())
                                .decide(customer("c-1"), NOON)
                                .gates()
                                .size());
        measure(
                "price-drop-alert: decide, per candidate",
                () -> drop.evaluate(price, Facts.none())
                        .decide(goldCustomer("c-1"), NOON)
                        .gates()
                        .size());
        measure("10 rules that do not match: look up and opens", () -> {
            int sum = 0;
            for (Rule rule : ten.listeningTo(event.type())) {
                sum += rule.evaluate(event, Facts.none()).opens().detail().length();
            }
            return sum;
        });
        measure(
                "compiling the five rules",
                () -> RuleFixtures.shippedRules().rules().size(),
                50);
    }

    private static void measure(String what, IntSupplier work) {
        measure(what, work, 300_000);
    }

    private static void measure(String what, IntSupplier work, int times) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 6; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < times; i++) {
                blackHole += work.getAsInt();
            }
            best = Math.min(best, (System.nanoTime() - start) / 1_000.0 / times);
        }
        System.out.printf("%-50s %10.2f µs%n", what, best);
    }
}
