package dev.carillon.eventsourced.memory;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;

import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.eventsourced.memory.Memory.EntityKey;
import dev.carillon.eventsourced.memory.Memory.HolderKey;
import dev.carillon.notification.preference.Preferences;
import dev.carillon.notification.preference.PreferencesAsOf;
import dev.carillon.notification.recipient.Contact;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.notification.unsubscribe.UnsubscribeTarget;
import dev.carillon.notification.unsubscribe.Unsubscribing;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.lww.AsOf;
import dev.carillon.platform.lww.Stamp;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A clock that is ahead, or a sender who writes 2099, keeps nobody from being heard later. */
@QuarkusTest
class FutureTimesTest {

    private static final String TENANT = "default";
    private static final String YEAR_2099 = "2099-12-31T23:59:59Z";

    @Inject
    Memory memory;

    @Inject
    EventJournal journal;

    @Inject
    RecipientDirectory recipients;

    @Inject
    Unsubscribing unsubscribing;

    @Inject
    Transactions transactions;

    @Inject
    Ids ids;

    private String customer = "";

    @BeforeEach
    void somebody() {
        customer = "future-" + ids.next();
        put("customers", "{\"name\": \"Ada\", \"email\": \"ada@example.com\"}");
    }

    static List<String> ahead() {
        var now = Instant.now();
        return List.of(
                now.plusSeconds(2).toString(),
                now.plus(10, ChronoUnit.MINUTES).toString(),
                YEAR_2099,
                "9999-12-31T23:59:59.999999999Z");
    }

    @ParameterizedTest
    @MethodSource("ahead")
    void preferences_said_directly_win_over_an_event_from_the_future(String time) {
        // Given
        heard(
                "customer.preferences-changed",
                time,
                "{\"customerId\": \"%s\", \"preferences\": {}, \"optedOut\": false, \"channels\": {\"email\": true}}");

        // When
        put("preferences", "{\"optedOut\": true}");

        // Then
        given().get("/api/v1/preferences/" + customer)
                .then()
                .body("optedOut", equalTo(true))
                .body("channels.email", nullValue());

        // And
        heard(
                "customer.preferences-changed",
                time,
                "{\"customerId\": \"%s\", \"preferences\": {}, \"optedOut\": false}");
        given().get("/api/v1/preferences/" + customer).then().body("optedOut", equalTo(false));
        heard(
                "customer.preferences-changed",
                Instant.now().minusSeconds(3600).toString(),
                "{\"customerId\": \"%s\", \"preferences\": {}, \"optedOut\": true}");
        given().get("/api/v1/preferences/" + customer).then().body("optedOut", equalTo(false));
    }

    @Test
    void the_unsubscribe_link_wins_over_an_event_from_the_future() {
        // Given
        heard(
                "customer.preferences-changed",
                YEAR_2099,
                "{\"customerId\": \"%s\", \"preferences\": {\"price_alerts\": {\"email\": true}}}");

        // When
        unsubscribing
                .unsubscribe(new UnsubscribeTarget(TENANT, customer, "price_alerts", "email"))
                .await()
                .indefinitely();

        // Then
        given().get("/api/v1/preferences/" + customer).then().body("preferences.price_alerts.email", equalTo(false));
    }

    @Test
    void contact_details_said_directly_win_over_an_event_from_the_future() {
        // Given
        heard(
                "customer.customer-updated",
                YEAR_2099,
                "{\"customerId\": \"%s\", \"name\": \"Eve\", \"email\": \"eve@example.com\", \"segment\": \"gold\"}");
        traits(YEAR_2099, "{\"name\": \"Mallory\", \"timeZone\": \"Asia/Tokyo\"}");

        // When
        put("customers", "{\"name\": \"Ada L\", \"email\": \"ada@example.org\"}");

        // Then
        given().get("/api/v1/customers/" + customer)
                .then()
                .body("name", equalTo("Ada L"))
                .body("email", equalTo("ada@example.org"))
                .body("segment", nullValue())
                .body("attributes.timeZone", nullValue())
                .body("version", equalTo(4));
    }

    @Test
    void what_is_heard_later_wins_over_what_came_from_the_future() {
        // Given: each of them twice in one request, and once more
        traits(YEAR_2099, "{\"city\": \"Lima\"}");
        var product = "p-" + customer;
        var order = "o-" + customer;
        heard(
                "customer.cart-item-added",
                YEAR_2099,
                "{\"customerId\": \"%s\", \"productId\": \"" + product + "\", \"quantity\": 1}");
        heard(
                "customer.wishlist-item-added",
                YEAR_2099,
                "{\"customerId\": \"%s\", \"productId\": \"" + product + "\"}");
        priced(product, YEAR_2099, 5);
        heard(
                "ordering.order-placed",
                YEAR_2099,
                "{\"orderId\": \"" + order + "\", \"customerId\": \"%s\", \"lineItems\": [" + line("1") + ","
                        + line("2") + "]}");

        // When: what happened now by a clock that is right
        traits(Instant.now().toString(), "{\"city\": \"Quito\"}");
        heard(
                "customer.cart-item-removed",
                Instant.now().toString(),
                "{\"customerId\": \"%s\", \"productId\": \"" + product + "\"}");
        heard(
                "customer.wishlist-item-removed",
                Instant.now().toString(),
                "{\"customerId\": \"%s\", \"productId\": \"" + product + "\"}");
        priced(product, Instant.now().toString(), 7);
        heard(
                "ordering.line-item-cancelled",
                Instant.now().toString(),
                "{\"orderId\": \"" + order + "\", \"customerId\": \"%s\", \"lineItemId\": \"2\"}");

        // Then
        given().get("/api/v1/customers/" + customer).then().body("attributes.city", equalTo("Quito"));
        assertThat(having(Memory.CART, product)).isEmpty();
        assertThat(having(Memory.WISHLIST, product)).isEmpty();
        assertThat(entity(Memory.PRODUCT, product).get("price")).hasToString("7");
        assertThat((List<?>) entity(Memory.ORDER, order).get("lineItems")).hasSize(1);
    }

    @Test
    void of_two_from_the_future_the_one_recorded_later_wins_be_it_in_one_request() {
        // When
        given().contentType(ContentType.JSON)
                .body("[" + traitsOf("9999-01-01T00:00:00Z", "{\"city\": \"Lima\"}", "z") + ","
                        + traitsOf(YEAR_2099, "{\"city\": \"Quito\"}", "a") + "]")
                .post("/api/v1/events")
                .then()
                .body("accepted", equalTo(2));

        // Then
        given().get("/api/v1/customers/" + customer).then().body("attributes.city", equalTo("Quito"));
    }

    @Test
    void a_direct_act_wins_over_what_a_replica_recorded_whose_clock_is_hours_ahead() {
        // Given
        var ahead = new Stamp(ids.now().plus(Duration.ofHours(3)), 0, "zzz");
        transactions
                .inTransaction(tx -> recipients
                        .nextPosition(tx)
                        .chain(position -> recipients
                                .keep(
                                        tx,
                                        List.of(new Contact(
                                                TENANT,
                                                customer,
                                                Map.of("name", "Eve", "city", "Lima"),
                                                false,
                                                ahead,
                                                position)))
                                .chain(() -> recipients.keepPreferences(
                                        tx,
                                        List.of(new PreferencesAsOf(
                                                TENANT,
                                                customer,
                                                Preferences.NONE.withOptedOut(false),
                                                false,
                                                ahead,
                                                position))))))
                .await()
                .indefinitely();

        // When
        put("customers", "{\"name\": \"Ada\"}");
        put("preferences", "{\"optedOut\": true}");

        // Then
        given().get("/api/v1/customers/" + customer)
                .then()
                .body("name", equalTo("Ada"))
                .body("attributes.city", nullValue());
        given().get("/api/v1/preferences/" + customer).then().body("optedOut", equalTo(true));
    }

    @Test
    void what_the_sender_said_is_given_back_as_it_came() {
        // Given
        var id = ids.next();
        given().contentType(ContentType.JSON)
                .body(traitsOf("2099-01-01T02:00:00.123456789+02:00", "{}", id))
                .post("/api/v1/events")
                .then()
                .body("accepted", equalTo(1));

        // Then
        given().get("/api/v1/events/" + id).then().body("occurredAt", equalTo("2099-01-01T00:00:00.123456789Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0001-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999Z",
                "+10000-01-01T00:00:00Z",
                "+999999999-12-31T23:59:59Z",
                "-0001-01-01T00:00:00Z",
                "0000-00-00T00:00:00Z",
                "9999-12-31T23:59:60.5Z",
                "2025-02-30T00:00:00Z",
                "99999999999999999999"
            })
    void a_time_that_is_none_is_refused_by_its_name(String time) {
        given().contentType(ContentType.JSON)
                .body(traitsOf(time, "{}", ids.next()))
                .post("/api/v1/events")
                .then()
                .statusCode(202)
                .body("accepted", equalTo(0))
                .body("rejected", hasSize(1))
                .body("rejected[0].problem.errors.pointer", contains("/event_timestamp"));
    }

    private void put(String what, String body) {
        given().contentType(ContentType.JSON)
                .body(body)
                .put("/api/v1/" + what + "/" + customer)
                .then()
                .log()
                .ifValidationFails()
                .statusCode(oneOf(200, 201));
    }

    private void heard(String type, String time, String data) {
        given().contentType(ContentType.JSON)
                .body("{\"user_id\": \"%s\", \"event_type\": \"%s\", \"event_timestamp\": \"%s\", \"properties\": %s}"
                        .formatted(customer, type, time, data.formatted(customer)))
                .post("/api/v1/events")
                .then()
                .log()
                .ifValidationFails()
                .body("accepted", equalTo(1));
    }

    private void priced(String product, String time, int price) {
        heard(
                "pricing.price-changed",
                time,
                "{\"productId\": \"%s\", \"productName\": \"P\", \"oldPrice\": 6, \"newPrice\": %d, \"currency\": \"USD\"}"
                        .formatted(product, price));
    }

    private void traits(String time, String traits) {
        given().contentType(ContentType.JSON)
                .body(traitsOf(time, traits, ids.next()))
                .post("/api/v1/events")
                .then()
                .log()
                .ifValidationFails()
                .body("accepted", equalTo(1));
    }

    private String traitsOf(String time, String traits, String id) {
        return "{\"user_id\": \"%s\", \"event_type\": \"seen\", \"event_timestamp\": \"%s\", \"user_traits\": %s, \"event_id\": \"%s\"}"
                .formatted(customer, time, traits, id.length() == 1 ? id + customer : id);
    }

    private static String line(String id) {
        return "{\"id\": \"%s\", \"productId\": \"p\", \"productName\": \"P\", \"quantity\": 1, \"status\": \"PENDING\"}"
                .formatted(id);
    }

    private List<String> having(String relation, String product) {
        return transactions
                .inTransaction(tx -> journal.head(tx)
                        .chain(head -> memory.having(
                                tx, new AsOf<>(new HolderKey(TENANT, relation, product), head.position()), "", 10)))
                .await()
                .indefinitely();
    }

    private Map<String, Object> entity(String kind, String id) {
        return transactions
                .inTransaction(tx -> journal.head(tx)
                        .chain(head -> memory.entities(
                                tx, List.of(new AsOf<>(new EntityKey(TENANT, kind, id), head.position())))))
                .await()
                .indefinitely()
                .values()
                .iterator()
                .next();
    }
}
