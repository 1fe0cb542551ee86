package dev.carillon.eventsourced.oracle;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Set;

/** {@code collect … expect}: told when all lines of an order are there, of which there may be more or fewer by then; or when time is over. */
final class Collecting extends RuleModel {

    private static final Set<String> ON = Set.of(
            "ordering.line-item-status-changed",
            "ordering.order-placed",
            "ordering.line-item-added",
            "ordering.line-item-cancelled");
    private static final Set<String> THERE = Set.of("SHIPPED", "DELIVERED", "RETURNED");

    private final Set<String> heardOf = new HashSet<>();

    Collecting() {
        super("oracle-collect", """
                on: [ordering.line-item-status-changed, ordering.order-placed, ordering.line-item-added, ordering.line-item-cancelled]
                collect:
                  by: event.data.orderId
                  item: event.data.lineItemId
                  value: event.data.newStatus
                  expect: order.lineItems
                  timeout: { after: PT6H, notify: { type: ORDER_SHIPPED, channels: [email], context: { orderId: "'o'" } } }
                when: collected.all(status, status in ['SHIPPED', 'DELIVERED', 'RETURNED'])
                where: customer.vip == true
                once: "oracle-collect/${event.data.orderId}"
                """);
    }

    @Override
    void hears(Happening event) {
        if (!ON.contains(event.type())) {
            return;
        }
        var order = (String) event.data().get("orderId");
        if (heardOf.add(order)) {
            course().at(course().now().plus(Duration.ofHours(6)), event, () -> timeIsOver(event, order));
        }
        var lines = world().lines(order, course().asOf());
        if (lines.isEmpty() || there(order) < lines.size()) {
            ignore(
                    event,
                    event.customer(),
                    "AWAITING_CORRELATION",
                    lines.isEmpty() ? "" : there(order) + " of " + lines.size());
        } else if (!isVip(event.customer())) {
            ignore(event, event.customer(), "NOT_ELIGIBLE", "");
        } else {
            send(event, event.customer(), order, null, "");
        }
    }

    private void timeIsOver(Happening event, String order) {
        var lines = world().lines(order, course().asOf());
        if (!lines.isEmpty() && there(order) == lines.size()) {
            ignore(event, event.customer(), "CONDITION_FALSE", "");
        } else if (!isVip(event.customer())) {
            ignore(event, event.customer(), "NOT_ELIGIBLE", "");
        } else {
            send(event, event.customer(), order + "/timeout", null, "");
        }
    }

    /** How many of the lines that are expected now have come so far, by what was heard last of each. */
    private int there(String order) {
        var lines = world().lines(order, course().asOf());
        var latest = new HashMap<String, Happening>();
        for (var one : world().all("ordering.line-item-status-changed", course().asOf())) {
            if (order.equals(one.data().get("orderId"))) {
                latest.merge((String) one.data().get("lineItemId"), one, (was, is) -> is.isNewsTo(was) ? is : was);
            }
        }
        int there = 0;
        for (var line : lines) {
            there += latest.containsKey(line)
                            && THERE.contains(latest.get(line).data().get("newStatus"))
                    ? 1
                    : 0;
        }
        return there;
    }
}
