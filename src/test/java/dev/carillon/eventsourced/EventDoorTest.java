package dev.carillon.eventsourced;

import static dev.carillon.testing.PostedEvent.event;
import static dev.carillon.testing.PostedEvent.orderShipped;
import static dev.carillon.testing.PostedEvent.post;
import static dev.carillon.testing.PostedEvent.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.Status;
import dev.carillon.notification.tracking.Tracking;
import dev.carillon.platform.id.Ids;
import dev.carillon.testing.PostedEvent;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EventDoorTest {

    private static final String DEFAULT = "default";

    @Inject
    Tracking tracking;

    @Inject
    Ids ids;

    @Test
    void an_event_from_outside_tells_its_customer() {
        // Given
        var order = "ord-" + ids.next();

        // When
        orderShipped(order, "cust-001").publish().body("accepted", equalTo(1)).body("duplicates", equalTo(0));

        // Then
        var told = notificationFor("order/" + order + "/shipped");
        assertThat(told.customerId()).isEqualTo("cust-001");
        assertThat(told.door()).isEqualTo("event-sourced");
        assertThat(told.ruleId()).isEqualTo("order-shipped");
        assertThat(told.deliveries())
                .extracting(NotificationView.DeliveryView::channel)
                .containsExactly("email", "sms");
    }

    @Test
    void a_field_nobody_knew_of_breaks_nobody() {
        // Given
        var order = "ord-" + ids.next();

        // When
        event("cust-001", "ordering.order-status-changed")
                .data("""
                {"orderId": "%s", "customerId": "cust-001", "newStatus": "SHIPPED",
                 "estimated_delivery_date": "2025-11-05", "giftWrap": {"colour": "red"}}""".formatted(order))
                .publish()
                .body("accepted", equalTo(1));

        // Then
        assertThat(notificationFor("order/" + order + "/shipped").reason()).isNull();
    }

    @Test
    void the_same_event_twice_is_a_duplicate_and_tells_once() {
        // Given
        var order = "ord-" + ids.next();
        var event = orderShipped(order, "cust-001").id(order);

        // When
        publish(event, event).body("accepted", equalTo(1)).body("duplicates", equalTo(1));
        event.publish().body("accepted", equalTo(0)).body("duplicates", equalTo(1));

        // Then
        assertThat(notificationFor("order/" + order + "/shipped").reason()).isNull();
        assertThat(all("order/" + order + "/shipped")).hasSize(1);
    }

    @Test
    void a_fact_told_again_by_another_event_is_suppressed_with_its_reason() {
        // Given
        var order = "ord-" + ids.next();

        // When
        orderShipped(order, "cust-001").publish();
        orderShipped(order, "cust-001").publish();

        // Then
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(all("order/" + order + "/shipped"))
                        .extracting(NotificationView::status)
                        .containsExactlyInAnyOrder(Status.SENT, Status.SUPPRESSED));
        var first = all("order/" + order + "/shipped").get(0);
        assertThat(all("order/" + order + "/shipped").get(1)).satisfies(second -> {
            assertThat(second.reason()).hasToString("DUPLICATE_BUSINESS_KEY");
            assertThat(second.duplicateOf()).isEqualTo(first.trackingId());
        });
    }

    @Test
    void one_bad_event_spoils_nothing_else() {
        // Given
        var order = "ord-" + ids.next();
        var events = "[" + orderShipped(order, "cust-001").json() + ", {\"user_id\": \"u\"}, 7, "
                + "{\"user_id\": \"cust-001\", \"event_type\": \"pricing.price-changed\", \"event_timestamp\": \"2025-10-31T19:00:00Z\", "
                + "\"properties\": {\"productId\": \"p\", \"productName\": \"n\", \"oldPrice\": \"cheap\", \"currency\": \"USD\"}}]";

        // When
        post(events)
                .statusCode(202)
                .body("accepted", equalTo(1))
                .body("rejected.index", contains(1, 2, 3))
                .body("rejected[0].problem.errors.pointer", contains("/event_type", "/event_timestamp"))
                .body(
                        "rejected[2].problem.errors.pointer",
                        containsInAnyOrder("/properties/newPrice", "/properties/oldPrice"));

        // Then
        assertThat(notificationFor("order/" + order + "/shipped").reason()).isNull();
    }

    @Test
    void no_events_are_accepted_as_none() {
        post("[]").statusCode(202).body("accepted", equalTo(0)).body("rejected", hasSize(0));
    }

    @Test
    void an_event_about_nobody_known_is_recorded_with_its_reason() {
        // Given
        var order = "ord-" + ids.next();

        // When
        orderShipped(order, "nobody-" + order).publish();

        // Then
        assertThat(notificationFor("order/" + order + "/shipped").reason()).hasToString("UNKNOWN_RECIPIENT");
    }

    @Test
    void an_audience_of_more_than_a_page_is_walked_to_its_end() {
        // Given
        var product = "prod-" + ids.next();
        var customers = IntStream.range(0, 1203)
                .mapToObj(n -> "%s-c%04d".formatted(product, n))
                .toList();
        inBatches(customers.stream()
                .map(customer -> event(customer, "customer.customer-updated")
                        .data(
                                "{\"customerId\": \"%s\", \"name\": \"N\", \"email\": \"%s@example.com\", \"phone\": null, \"segment\": \"gold\"}"
                                        .formatted(customer, customer)))
                .toList());
        inBatches(customers.stream()
                .map(customer -> event(customer, "customer.preferences-changed")
                        .data("{\"customerId\": \"%s\", \"preferences\": {\"price_alerts\": {\"email\": true}}}"
                                .formatted(customer)))
                .toList());
        inBatches(customers.stream()
                .map(customer -> event(customer, "customer.cart-item-added")
                        .data("{\"customerId\": \"%s\", \"productId\": \"%s\", \"quantity\": 1}"
                                .formatted(customer, product)))
                .toList());

        // When
        event("pricing", "pricing.price-changed")
                .data(
                        "{\"productId\": \"%s\", \"productName\": \"Lamp\", \"oldPrice\": 20, \"newPrice\": 15.5, \"currency\": \"USD\"}"
                                .formatted(product))
                .publish();

        // Then
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(priceDrops(product)).hasSize(1203));
        assertThat(priceDrops(product))
                .allSatisfy(one -> assertThat(one.reason()).isNull())
                .extracting(NotificationView::customerId)
                .containsExactlyInAnyOrderElementsOf(customers);
    }

    private List<NotificationView> priceDrops(String product) {
        return tracking.all(DEFAULT).await().indefinitely().stream()
                .filter(one -> one.businessKey() != null && one.businessKey().startsWith("price-drop/" + product))
                .toList();
    }

    private NotificationView notificationFor(String businessKey) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(all(businessKey)).isNotEmpty());
        return all(businessKey).get(0);
    }

    private List<NotificationView> all(String businessKey) {
        return tracking.all(DEFAULT).await().indefinitely().stream()
                .filter(one -> businessKey.equals(one.businessKey()))
                .collect(Collectors.toList());
    }

    private static void inBatches(List<PostedEvent> events) {
        for (int from = 0; from < events.size(); from += 400) {
            publish(events.subList(from, Math.min(events.size(), from + 400)));
        }
    }
}
