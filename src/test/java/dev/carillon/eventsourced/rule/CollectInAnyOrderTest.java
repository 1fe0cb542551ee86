package dev.carillon.eventsourced.rule;

import static dev.carillon.eventsourced.rule.RuleFixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whatever happens to the events on their way, the same orders are told complete, and each once. */
class CollectInAnyOrderTest {

    private static final int ROUNDS = 1_000;
    private static final List<String> STATUSES = List.of("PENDING", "PACKED", "SHIPPED", "DELIVERED");

    private final RuleBook book = RuleFixtures.shippedRules();

    @Test
    void the_order_of_events_does_not_change_who_is_told() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int complete = 0;
        for (int round = 0; round < ROUNDS; round++) {
            // Given
            Log log = Log.of(random);
            List<RuleEvent> disturbed = disturbed(log.events(), random);

            // When
            Map<String, Integer> inOrder = new Platform(book).hear(log.events());
            Map<String, Integer> inDisorder = new Platform(book).hear(disturbed);

            // Then
            assertThat(inDisorder)
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(inOrder)
                    .isEqualTo(log.complete());
            complete += log.complete().size();
        }
        assertThat(complete)
                .as("orders that became complete at all, seed %d", seed)
                .isBetween(ROUNDS / 2, ROUNDS * 3);
    }

    /** Shuffled, some events twice or three times, and some held back to the very end. */
    private static List<RuleEvent> disturbed(List<RuleEvent> events, Random random) {
        List<RuleEvent> copies = new ArrayList<>();
        for (RuleEvent event : events) {
            copies.addAll(Collections.nCopies(1 + (random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0), event));
        }
        Collections.shuffle(copies, random);
        List<RuleEvent> late =
                copies.stream().filter(event -> random.nextInt(8) == 0).toList();
        copies.removeAll(late);
        copies.addAll(late);
        return copies;
    }

    /** What really happened to some orders, and the item count of those that are complete by the end. */
    private record Log(List<RuleEvent> events, Map<String, Integer> complete) {

        static Log of(Random random) {
            List<RuleEvent> events = new ArrayList<>();
            Map<String, Integer> complete = new TreeMap<>();
            for (int order = 0, orders = 1 + random.nextInt(3); order < orders; order++) {
                String id = "o-" + order;
                int lines = 1 + random.nextInt(6);
                events.add(placed(events.size(), id, lines));
                boolean all = true;
                for (int line = 0; line < lines; line++) {
                    int last = random.nextInt(4) == 0 ? random.nextInt(2) : 2 + random.nextInt(2);
                    all &= last >= 2;
                    for (int status = random.nextInt(last + 1); status <= last; status++) {
                        events.add(changed(events.size(), id, "l-" + line, STATUSES.get(status), random));
                    }
                }
                if (all) {
                    complete.put("order/" + id + "/complete", lines);
                }
                if (random.nextInt(4) == 0) {
                    events.add(changed(events.size(), id, "l-unexpected", "PENDING", random));
                }
            }
            return new Log(events, complete);
        }

        private static RuleEvent placed(int number, String order, int lines) {
            List<Map<String, Object>> items = new ArrayList<>();
            for (int line = 0; line < lines; line++) {
                items.add(Map.of("id", "l-" + line, "productId", "p-" + line, "quantity", 1L, "status", "PENDING"));
            }
            return event(
                    number, 0, "ordering.order-placed", Map.of("orderId", order, "lineItems", items, "total", 10.0));
        }

        /** Half of the events share the second with their predecessor, so that ties occur; ids rise with what happened. */
        private static RuleEvent changed(int number, String order, String line, String status, Random random) {
            return event(
                    number,
                    random.nextInt(2),
                    "ordering.line-item-status-changed",
                    Map.of(
                            "orderId",
                            order,
                            "customerId",
                            "c-1",
                            "lineItemId",
                            line,
                            "productId",
                            "p",
                            "newStatus",
                            status));
        }

        private static RuleEvent event(int number, int early, String type, Map<String, Object> data) {
            return new RuleEvent(
                    "ev-%05d".formatted(number),
                    type,
                    "/test",
                    "c-1",
                    NOON.plusSeconds(number - early),
                    NOON,
                    data,
                    Map.of());
        }
    }

    /** Memory as the store keeps it: an item keeps the value of the greatest event time, and in a tie of the greater event id. */
    private static final class Platform {
        private final RuleBook book;
        private final Map<String, Map<String, Heard>> sets = new HashMap<>();
        private final Map<String, Map<String, Object>> orders = new HashMap<>();
        private final Map<String, Integer> told = new TreeMap<>();

        Platform(RuleBook book) {
            this.book = book;
        }

        /** The business keys told, each with the item count it was told with. */
        Map<String, Integer> hear(List<RuleEvent> events) {
            events.forEach(this::hear);
            return told;
        }

        private void hear(RuleEvent event) {
            if (event.type().equals("ordering.order-placed")) {
                orders.put(String.valueOf(event.data().get("orderId")), event.data());
            }
            Rule rule = book.rule("order-complete").orElseThrow();
            Collected collected = rule.collecting(event).orElseThrow();
            Map<String, Heard> set = sets.computeIfAbsent(collected.key(), key -> new HashMap<>());
            if (collected.adds()) {
                set.merge(collected.item(), new Heard(event, collected.value()), Heard::later);
            }
            decide(rule, event, new Facts(orders.getOrDefault(collected.key(), Map.of()), Map.of(), valuesOf(set)));
        }

        private void decide(Rule rule, RuleEvent event, Facts facts) {
            boolean opened = rule.evaluate(event, facts).opens().passed();
            Decision decision = rule.evaluate(event, facts).decide(Map.of("id", "c-1"), NOON);
            assertThat(decision instanceof Decision.Notify).isEqualTo(opened);
            if (decision instanceof Decision.Notify notify) {
                int items = ((Long) notify.context().get("itemCount")).intValue();
                told.putIfAbsent(notify.businessKey(), items);
            }
        }

        private static Map<String, Object> valuesOf(Map<String, Heard> set) {
            Map<String, Object> values = new HashMap<>();
            set.forEach((item, heard) -> values.put(item, heard.value()));
            return values;
        }
    }

    private record Heard(RuleEvent event, Object value) {
        static Heard later(Heard one, Heard other) {
            int byTime = one.event().time().compareTo(other.event().time());
            int order = byTime != 0
                    ? byTime
                    : one.event().id().compareTo(other.event().id());
            return order >= 0 ? one : other;
        }
    }
}
