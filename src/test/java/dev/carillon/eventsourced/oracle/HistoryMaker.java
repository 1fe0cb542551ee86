package dev.carillon.eventsourced.oracle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes histories: a few people and products, everything that rules listen to, out of order, late, twice, and at every border. */
final class HistoryMaker {

    private static final int BURSTS = 40;

    /** What belongs together; a history is about some of it, so that enough of each comes together. As many seeds in a row have all. */
    private static final List<List<String>> THEMES = List.of(
            List.of("oracle.ping"),
            List.of("oracle.hit", "oracle.hit"),
            List.of("oracle.later"),
            List.of("oracle.item", "oracle.item"),
            List.of("oracle.first", "oracle.second", "oracle.second"),
            List.of("oracle.began", "oracle.began", "oracle.ended"),
            List.of(
                    "oracle.news",
                    "oracle.offer",
                    "customer.cart-item-added",
                    "customer.wishlist-item-added",
                    "customer.cart-item-removed",
                    "customer.wishlist-item-removed"),
            List.of(
                    "ordering.order-placed",
                    "ordering.line-item-status-changed",
                    "ordering.line-item-status-changed",
                    "ordering.line-item-status-changed",
                    "ordering.line-item-added",
                    "ordering.line-item-cancelled"));

    private final SplittableRandom random;
    private final String run;
    private final Times times;
    private final List<String> customers;
    private final List<String> types;
    private final List<Happening> known = new ArrayList<>();
    private Instant now;

    HistoryMaker(long seed, String run, Instant after) {
        this.random = new SplittableRandom(seed);
        this.run = run;
        this.times = new Times(random);
        this.customers =
                IntStream.range(0, 5).mapToObj(n -> "c" + n + "-" + run).toList();
        this.types = IntStream.range(0, 6)
                .mapToObj(n -> n == 0 ? THEMES.get(Math.floorMod(seed, THEMES.size())) : any(THEMES))
                .flatMap(List::stream)
                .toList();
        this.now = Times.beforeTheClocksChange(after, random);
    }

    History history() {
        var steps = new ArrayList<History.Step>();
        steps.add(new History.Step(
                now, customers.subList(0, 4).stream().map(this::contact).toList(), false));
        boolean stalled = false;
        for (int n = 0; n < BURSTS; n++) {
            now = times.next(now, known);
            if (!stalled && random.nextInt(8) == 0) {
                steps.add(new History.Step(now, List.of(aboutContact()), false));
            } else {
                stalled = random.nextInt(5) < 2 && n < BURSTS - 1; // what comes last is about a contact
                steps.add(new History.Step(now, burst(), stalled));
            }
        }
        now = now.plusSeconds(1);
        steps.add(new History.Step(now, List.of(aboutContact()), false));
        return new History(run, customers, steps, now.plus(Duration.ofDays(2)));
    }

    private List<Happening> burst() {
        var burst = new ArrayList<Happening>();
        int size = random.nextInt(1, 6);
        for (int n = 0; n < size; n++) {
            boolean again = random.nextInt(12) == 0;
            burst.add(again ? known.get(random.nextInt(known.size())) : something(n == 0 ? times.border() : null));
        }
        return burst;
    }

    /** Who hears of it may depend on when it is answered, so that is never together with anything else. */
    private Happening aboutContact() {
        var customer = any(customers);
        return random.nextInt(3) > 0
                ? contact(customer)
                : keep(
                        customer,
                        "customer.preferences-changed",
                        Map.of(
                                "customerId",
                                customer,
                                "preferences",
                                Map.of("order_updates", Map.of("email", random.nextInt(3) > 0))),
                        Map.of());
    }

    private Happening contact(String customer) {
        var data = new HashMap<String, @Nullable Object>(
                Map.of("customerId", customer, "name", "N", "segment", segment()));
        data.put("email", random.nextInt(6) == 0 ? null : "n@example.com");
        return keep(
                customer,
                "customer.customer-updated",
                data,
                random.nextInt(4) == 0 ? Map.of() : Map.of("timeZone", any(Times.ZONES), "vip", random.nextInt(4) > 0));
    }

    /** @param like what it is to repeat */
    private Happening something(@Nullable Happening like) {
        var customer = like != null ? like.customer() : random.nextInt(3) == 0 ? any(customers) : customers.get(0);
        var type = like != null ? like.type() : any(types);
        var order = "o" + random.nextInt(3) + "-" + run;
        var line = "l" + random.nextInt(4);
        var product = "p" + random.nextInt(3) + "-" + run;
        var data = new HashMap<String, @Nullable Object>();
        switch (type) {
            case "ordering.line-item-status-changed" ->
                data.putAll(Map.of(
                        "orderId",
                        order,
                        "customerId",
                        customer,
                        "lineItemId",
                        line,
                        "productId",
                        product,
                        "newStatus",
                        any(List.of("SHIPPED", "SHIPPED", "DELIVERED", "RETURNED", "PACKED"))));
            case "ordering.order-placed" ->
                data.putAll(Map.of(
                        "orderId",
                        order,
                        "customerId",
                        customer,
                        "lineItems",
                        IntStream.range(0, random.nextInt(1, 4))
                                .mapToObj(n -> line("l" + n, product))
                                .toList()));
            case "ordering.line-item-added" ->
                data.putAll(Map.of("orderId", order, "customerId", customer, "lineItem", line(line, product)));
            case "ordering.line-item-cancelled" ->
                data.putAll(Map.of("orderId", order, "customerId", customer, "lineItemId", line));
            case "customer.cart-item-added" ->
                data.putAll(Map.of("customerId", customer, "productId", product, "quantity", 1));
            case "customer.cart-item-removed", "customer.wishlist-item-added", "customer.wishlist-item-removed" ->
                data.putAll(Map.of("customerId", customer, "productId", product));
            default -> {
                data.putAll(Map.of(
                        "fact",
                        "f" + random.nextInt(9) + "-" + run,
                        "segment",
                        segment(),
                        "one",
                        any(customers),
                        "other",
                        any(customers)));
                sometimes(data, "n", random.nextInt(8));
                sometimes(data, "item", "i" + random.nextInt(4) / 3);
                sometimes(data, "productId", product);
                if (like != null) {
                    data.put("item", like.data().get("item"));
                }
            }
        }
        boolean known = !customer.startsWith("c4-");
        return keep(
                customer,
                type,
                data,
                known && random.nextInt(6) == 0 ? Map.of("vip", random.nextInt(4) > 0) : Map.of());
    }

    private Happening keep(
            String customer, String type, Map<String, @Nullable Object> data, Map<String, Object> traits) {
        var one = new Happening(
                known.size() + 1,
                now,
                "e%03d-%s".formatted(random.nextInt(1_000) * 1_000 + known.size(), run),
                customer,
                type,
                times.occurred(now, customer, type, known),
                data,
                traits);
        known.add(one);
        return one;
    }

    private void sometimes(Map<String, @Nullable Object> data, String name, Object value) {
        if (random.nextInt(10) > 0) {
            data.put(name, value);
        }
    }

    private static Map<String, Object> line(String id, String product) {
        return Map.of("id", id, "productId", product, "productName", "P", "quantity", 1, "status", "PENDING");
    }

    private String segment() {
        return (random.nextBoolean() ? "gold-" : "silver-") + run;
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
