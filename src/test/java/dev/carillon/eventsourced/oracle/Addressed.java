package dev.carillon.eventsourced.oracle;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code when}, every kind of {@code audience}, {@code where}, {@code expires} and {@code once}: told at once or not at all. */
abstract class Addressed extends RuleModel {

    private final Set<String> on;

    Addressed(String id, Set<String> on, String clauses) {
        super(id, clauses);
        this.on = on;
    }

    /** Everything about the subject, if more than three, each fact once. */
    static RuleModel subject() {
        return new Addressed("oracle-subject", Set.of("oracle.ping"), """
                on: oracle.ping
                when: event.data.n > 3
                expires: PT2H
                once: "subject/${event.data.fact}/${customer.id}"
                """) {
            @Override
            boolean isWanted(Happening event) {
                return event.data().get("n") instanceof Integer n && n > 3;
            }

            @Override
            @Nullable
            Duration expires() {
                return Duration.ofHours(2);
            }

            @Override
            @Nullable
            String once(Happening event, String customer) {
                return event.text("fact") + "/" + customer;
            }
        };
    }

    /** Who has the product in the cart. */
    static RuleModel cart() {
        return new Addressed("oracle-cart", Set.of("oracle.offer"), """
                on: [oracle.offer]
                audience: { cart: event.data.productId }
                where: customer.vip == true
                """) {
            @Override
            Collection<String> audience(Happening event) {
                return holders("cart", event);
            }

            @Override
            boolean isMeant(String customer) {
                return isVip(customer);
            }
        };
    }

    /** Who has the product on the wishlist, and of several kinds of event. */
    static RuleModel wishlist() {
        return new Addressed("oracle-wishlist", Set.of("oracle.offer", "oracle.news"), """
                on: [oracle.offer, oracle.news]
                audience: { wishlist: event.data.productId }
                """) {
            @Override
            Collection<String> audience(Happening event) {
                return holders("wishlist", event);
            }
        };
    }

    /** Who is in the segment that the event names. */
    static RuleModel segment(List<String> everybody) {
        return new Addressed("oracle-segment", Set.of("oracle.news"), """
                on: oracle.news
                audience: { segment: "${event.data.segment}" }
                where: customer.vip == true
                """) {
            @Override
            Collection<String> audience(Happening event) {
                return everybody.stream()
                        .filter(customer ->
                                event.data().get("segment").equals(world().field(customer, "segment", course().asOf())))
                        .toList();
            }

            @Override
            boolean isMeant(String customer) {
                return isVip(customer);
            }
        };
    }

    /** Those whom the event names, each once. */
    static RuleModel list() {
        return new Addressed("oracle-list", Set.of("oracle.news"), """
                on: oracle.news
                audience: { customers: ["${event.data.one}", "${event.data.other}"] }
                """) {
            @Override
            Collection<String> audience(Happening event) {
                return new TreeSet<>(List.of(
                        (String) event.data().get("one"), (String) event.data().get("other")));
            }
        };
    }

    boolean isWanted(Happening event) {
        return true;
    }

    Collection<String> audience(Happening event) {
        return List.of(event.customer());
    }

    boolean isMeant(String customer) {
        return true;
    }

    @Nullable
    Duration expires() {
        return null;
    }

    @Nullable
    String once(Happening event, String customer) {
        return null;
    }

    Collection<String> holders(String what, Happening event) {
        var product = event.text("productId");
        return product == null ? List.of() : world().having(what, product, course().asOf());
    }

    @Override
    void hears(Happening event) {
        if (!on.contains(event.type())) {
            return;
        }
        if (!isWanted(event)) {
            ignore(event, event.customer(), "CONDITION_FALSE", "");
            return;
        }
        var customers = audience(event);
        if (customers.isEmpty()) {
            ignore(event, "", "NOT_IN_AUDIENCE", "");
        }
        for (var customer : customers) {
            var expires = expires();
            if (!isMeant(customer)) {
                ignore(event, customer, "NOT_ELIGIBLE", "");
            } else if (expires != null && isExpired(event, expires)) {
                ignore(event, customer, "EXPIRED", "");
            } else {
                send(event, customer, once(event, customer), null, "");
            }
        }
    }
}
