package dev.carillon.eventsourced.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a journal says of customers, baskets and orders as of each of its positions, looked up by reading all of it. */
final class World {

    private final List<Happening> journal;

    World(List<Happening> journal) {
        this.journal = journal;
    }

    /** What was heard of a customer by then, in the order of the journal. */
    List<Happening> heard(String customer, String type, int asOf) {
        return upTo(asOf, one -> one.customer().equals(customer) && one.type().equals(type));
    }

    List<Happening> all(String type, int asOf) {
        return upTo(asOf, one -> one.type().equals(type));
    }

    boolean isKnown(String customer, int asOf) {
        return !upTo(asOf, one -> speaksOf(one, customer)).isEmpty();
    }

    /** Field by field what the latest event to speak of it said. */
    @Nullable
    Object field(String customer, String field, int asOf) {
        Happening latest = null;
        for (var one : upTo(asOf, one -> speaksOf(one, customer) && said(one).containsKey(field))) {
            latest = one.isNewsTo(latest) ? one : latest;
        }
        return latest == null ? null : said(latest).get(field);
    }

    /** Whether the customer takes messages about orders by e-mail; the category's default is yes. */
    boolean takesEmail(String customer, int asOf) {
        Happening latest = null;
        for (var one : heard(customer, "customer.preferences-changed", asOf)) {
            latest = one.isNewsTo(latest) ? one : latest;
        }
        return latest == null
                || !String.valueOf(latest.data().get("preferences")).contains("email=false");
    }

    /** Who has a product; {@code what} is cart or wishlist. */
    Set<String> having(String what, String product, int asOf) {
        var latest = new HashMap<String, Happening>();
        for (var one : upTo(
                asOf,
                one -> one.type().startsWith("customer." + what + "-item-") && product.equals(one.text("productId")))) {
            latest.merge(one.customer(), one, (was, is) -> is.isNewsTo(was) ? is : was);
        }
        var having = new TreeSet<String>();
        latest.forEach((customer, one) -> {
            if (one.type().endsWith("-added")) {
                having.add(customer);
            }
        });
        return having;
    }

    /** The lines of an order: as last placed, with those that joined it and without those that left it later. */
    Set<String> lines(String order, int asOf) {
        Happening placed = null;
        var changed = new HashMap<String, Happening>();
        for (var one : upTo(asOf, one -> order.equals(one.text("orderId")))) {
            if (one.type().equals("ordering.order-placed")) {
                placed = one.isNewsTo(placed) ? one : placed;
            } else if (one.type().equals("ordering.line-item-added")
                    || one.type().equals("ordering.line-item-cancelled")) {
                changed.merge(lineOf(one), one, (was, is) -> is.isNewsTo(was) ? is : was);
            }
        }
        var lines = new HashSet<String>();
        if (placed != null) {
            ((List<?>) placed.data().get("lineItems"))
                    .forEach(line -> lines.add((String) ((Map<?, ?>) line).get("id")));
        }
        for (var change : changed.entrySet()) {
            if (placed == null || change.getValue().isNewsTo(placed)) {
                if (change.getValue().type().endsWith("-added")) {
                    lines.add(change.getKey());
                } else {
                    lines.remove(change.getKey());
                }
            }
        }
        return lines;
    }

    private static String lineOf(Happening change) {
        return change.data().get("lineItem") instanceof Map<?, ?> line
                ? (String) line.get("id")
                : (String) change.data().get("lineItemId");
    }

    private static boolean speaksOf(Happening one, String customer) {
        return one.customer().equals(customer)
                && (one.type().equals("customer.customer-updated")
                        || !one.traits().isEmpty());
    }

    private static Map<String, Object> said(Happening one) {
        var said = new HashMap<String, Object>(one.traits());
        if (one.type().equals("customer.customer-updated")) {
            for (var field : List.of("name", "email", "phone", "segment")) {
                said.put(field, one.data().get(field));
            }
        }
        return said;
    }

    private List<Happening> upTo(int asOf, Predicate<Happening> wanted) {
        var found = new ArrayList<Happening>();
        for (var one : journal) {
            if (one.position() <= asOf && wanted.test(one)) {
                found.add(one);
            }
        }
        return found;
    }
}
