package dev.carillon.eventsourced.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.eventsourced.memory.Memory.EntityKey;
import dev.carillon.eventsourced.memory.Memory.HolderKey;
import dev.carillon.eventsourced.producer.CustomerService;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.lww.AsOf;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Memory is folded from events, whatever the order they arrive in. */
@QuarkusTest
class MemoryTest {

    private static final Instant NOON = Instant.parse("2025-10-31T12:00:00Z");

    @Inject
    EventJournal journal;

    @Inject
    Memory memory;

    @Inject
    RecipientDirectory recipients;

    @Inject
    CustomerService customers;

    @Inject
    Transactions transactions;

    @Inject
    Ids ids;

    private String tenant;

    @BeforeEach
    void aTenantOfItsOwn() {
        tenant = "memory-" + ids.next();
    }

    @Test
    void what_was_put_into_the_cart_and_taken_out_again_is_not_there() {
        // When
        customers.addToCart(tenant, "c1", "p1", 1).await().indefinitely();
        customers.addToCart(tenant, "c2", "p1", 2).await().indefinitely();
        customers.removeFromCart(tenant, "c1", "p1").await().indefinitely();

        // Then
        assertThat(having(Memory.CART, "p1")).containsExactly("c2");
    }

    @Test
    void a_wish_that_was_taken_back_is_not_there() {
        // When
        customers.addToWishlist(tenant, "c1", "p1").await().indefinitely();
        customers.addToWishlist(tenant, "c2", "p1").await().indefinitely();
        customers.removeFromWishlist(tenant, "c2", "p1").await().indefinitely();

        // Then
        assertThat(having(Memory.WISHLIST, "p1")).containsExactly("c1");
    }

    @Test
    void old_news_that_arrive_late_change_nothing() {
        // Given
        append(event("customer.cart-item-removed", 2, Map.of("customerId", "c1", "productId", "p1")));
        append(event("pricing.price-changed", 2, price("20", "10")));
        append(event("customer.customer-updated", 2, Map.of("customerId", "c1", "name", "New", "segment", "gold")));

        // When
        append(event("customer.cart-item-added", 1, Map.of("customerId", "c1", "productId", "p1", "quantity", 1)));
        append(event("pricing.price-changed", 1, price("30", "20")));
        append(event("customer.customer-updated", 1, Map.of("customerId", "c1", "name", "Old", "segment", "silver")));

        // Then
        assertThat(having(Memory.CART, "p1")).isEmpty();
        assertThat(product("p1"))
                .hasEntrySatisfying(
                        "price", price -> assertThat(price.toString()).isEqualTo("10"));
        assertThat(customer("c1"))
                .get()
                .extracting(Recipient::name, Recipient::segment)
                .containsExactly("New", "gold");
    }

    @Test
    void an_event_seen_before_is_not_recorded_again() {
        // Given
        var event = event("customer.cart-item-added", 1, Map.of("customerId", "c1", "productId", "p1", "quantity", 1));

        // When
        int first = append(event);
        int again = append(event, event);

        // Then
        assertThat(first).isEqualTo(1);
        assertThat(again).isZero();
    }

    @Test
    void any_order_of_arrival_gives_the_same_memory() {
        // Given
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var history = new ArrayList<EventEnvelope>();
        for (int n = 0; n < 120; n++) {
            var type = random.nextBoolean() ? "customer.cart-item-added" : "customer.cart-item-removed";
            history.add(event(
                    type,
                    random.nextInt(40),
                    Map.of(
                            "customerId",
                            "c" + random.nextInt(4),
                            "productId",
                            "p" + random.nextInt(3),
                            "quantity",
                            1)));
        }
        append(history.toArray(EventEnvelope[]::new));
        var expected = carts();

        // When
        for (int round = 0; round < 3; round++) {
            aTenantOfItsOwn();
            var shuffled = new ArrayList<>(history);
            shuffled.addAll(history.subList(0, 30));
            Collections.shuffle(shuffled, random);
            for (int from = 0; from < shuffled.size(); from += 25) {
                append(shuffled.subList(from, Math.min(shuffled.size(), from + 25)).stream()
                        .map(this::inThisTenant)
                        .toArray(EventEnvelope[]::new));
            }

            // Then
            assertThat(carts()).as("seed " + seed).isEqualTo(expected);
        }
    }

    private TreeMap<String, List<String>> carts() {
        var carts = new TreeMap<String, List<String>>();
        for (int p = 0; p < 3; p++) {
            carts.put("p" + p, having(Memory.CART, "p" + p));
        }
        return carts;
    }

    private EventEnvelope inThisTenant(EventEnvelope event) {
        return new EventEnvelope(
                tenant,
                event.id(),
                event.source(),
                event.type(),
                event.subject(),
                event.occurredAt(),
                event.data(),
                event.traits(),
                event.extensions());
    }

    private static Map<String, Object> price(String was, String is) {
        return Map.of(
                "productId",
                "p1",
                "productName",
                "P",
                "oldPrice",
                Long.valueOf(was),
                "newPrice",
                Long.valueOf(is),
                "currency",
                "USD");
    }

    private EventEnvelope event(String type, int hours, Map<String, Object> data) {
        return new EventEnvelope(
                tenant, ids.next(), "/test", type, null, NOON.plus(Duration.ofHours(hours)), data, Map.of(), Map.of());
    }

    private int append(EventEnvelope... events) {
        return transactions
                .inTransaction(tx -> journal.append(tx, List.of(events)))
                .await()
                .indefinitely()
                .size();
    }

    private List<String> having(String relation, String product) {
        return transactions
                .inTransaction(tx -> memory.having(
                        tx, new AsOf<>(new HolderKey(tenant, relation, product), Long.MAX_VALUE), "", 100))
                .await()
                .indefinitely();
    }

    private Map<String, Object> product(String id) {
        var key = new AsOf<>(new EntityKey(tenant, Memory.PRODUCT, id), Long.MAX_VALUE);
        return transactions
                .inTransaction(tx -> memory.entities(tx, List.of(key)))
                .await()
                .indefinitely()
                .get(key);
    }

    private Optional<Recipient> customer(String id) {
        return transactions
                .inTransaction(tx -> recipients.find(tx, tenant, id))
                .await()
                .indefinitely();
    }
}
