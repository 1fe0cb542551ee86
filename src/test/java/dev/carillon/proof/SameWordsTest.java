package dev.carillon.proof;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.Tracking;
import dev.carillon.platform.id.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same fact through either door: the customer reads the same amounts, days and greeting, as JSON said them. */
@QuarkusTest
class SameWordsTest {

    @Inject
    Tracking tracking;

    @Inject
    Ids ids;

    private String customer;

    @BeforeEach
    void somebodyNew() {
        customer = "words-" + ids.next();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12.345              | KWD | en    | 12.345 KWD",
                "1480                | JPY | en    | 1480 JPY",
                "1480.5              | JPY | de-DE | 1.480,5 ¥",
                "1E+3                | USD | en    | $1000.00",
                "12.345              | USD | de    | 12,345 $",
                "9007199254740993.01 | USD | en    | $9007199254740993.01",
                "0.1                 | CLF | en    | 0.1000 CLF",
                "0.1                 | UYW | en    | 0.1000 UYW"
            })
    void amounts(String amount, String currency, String locale, String read) {
        // Given
        known("Alice", "UTC", locale);

        // When
        hear("billing.payment-failed", """
                {"paymentId": "%s", "orderId": "o", "customerId": "%s", "amount": %s, "currency": "%s", "failureReason": "CARD_DECLINED", "attemptNumber": 1}""".formatted(ids.next(), customer, amount, currency));
        ask("PAYMENT_FAILED", """
                {"orderId": "o", "amount": %s, "currency": "%s", "failureReason": "CARD_DECLINED", "attemptNumber": 1}""".formatted(amount, currency));

        // Then
        assertThat(bothDoors()).allSatisfy(words -> assertThat(words).anyMatch(text -> text.contains(read)));
        assertThat(bothDoors().get(0)).containsExactlyElementsOf(bothDoors().get(1));
    }

    /** The rule hands the amount on by an expression, and expressions count in doubles. */
    @ParameterizedTest
    @CsvSource({"12345678901234567.89, $12345678901234567.89", "1425.00, $1425.00", "12.3450, $12.345"})
    void amounts_that_a_rule_hands_on(String amount, String read) {
        // Given
        known("Alice", "UTC", "en");

        // When
        given().contentType(ContentType.JSON)
                .body("""
                {"user_id": "%s", "event_type": "payment_failed", "event_timestamp": "2025-10-31T19:00:00Z",
                 "properties": {"amount": %s, "attempt_number": 1, "failure_reason": "INSUFFICIENT_FUNDS"}}""".formatted(customer, amount))
                .post("/api/v1/events")
                .then()
                .statusCode(202);
        ask("INSUFFICIENT_FUNDS_EMAIL", "{\"amount\": %s, \"attemptNumber\": 1}".formatted(amount));

        // Then
        assertThat(bothDoors()).allSatisfy(words -> assertThat(words).anyMatch(text -> text.contains(read)));
        assertThat(bothDoors().get(0)).containsExactlyElementsOf(bothDoors().get(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "America/New_York   | en | June 30, 2026",
                "Europe/Berlin      | en | July 1, 2026",
                "America/New_York   | de | 30. Juni 2026"
            })
    void days(String zone, String locale, String day) {
        // Given
        known(" ", zone, locale);
        given().contentType(ContentType.JSON)
                .body(
                        "{\"preferences\": {\"promotions\": {\"email\": true, \"sms\": true}}, \"timeZone\": \"%s\", \"locale\": \"%s\"}"
                                .formatted(zone, locale))
                .put("/api/v1/preferences/" + customer)
                .then()
                .statusCode(201);
        var product = "p-" + ids.next();
        hear(
                "customer.wishlist-item-added",
                "{\"customerId\": \"%s\", \"productId\": \"%s\"}".formatted(customer, product));

        // When
        hear("promotions.promotion-created", """
                {"promotionId": "%s", "name": "Sale", "productId": "%s", "productName": "Lamp", "discountPercent": 25, "originalPrice": 100, "salePrice": 75.0,
                 "currency": "EUR", "startsAt": "2026-06-01T00:00:00Z", "endsAt": "2026-07-01T03:59:59Z"}""".formatted(ids.next(), product));
        ask("WISHLIST_SALE", """
                {"promotionName": "Sale", "productName": "Lamp", "discountPercent": 25, "originalPrice": 100, "salePrice": 75.0, "currency": "EUR",
                 "endsAt": "2026-07-01T03:59:59Z"}""");

        // Then
        assertThat(bothDoors()).allSatisfy(words -> assertThat(words).anyMatch(text -> text.contains(day)));
        assertThat(bothDoors())
                .allSatisfy(words ->
                        assertThat(words).noneMatch(text -> text.contains("Hi ,") || text.contains("Guten Tag ,")));
        assertThat(bothDoors().get(0)).containsExactlyElementsOf(bothDoors().get(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"de_AT", "DE-at", "de_DE.UTF-8", "deu"})
    void a_language_is_understood_wherever_it_is_named(String locale) {
        // When
        known("Alice", "UTC", locale);
        ask("ORDER_COMPLETE", "{\"orderId\": \"attribute\"}");
        given().contentType(ContentType.JSON)
                .body(
                        "{\"type\": \"ORDER_COMPLETE\", \"customerId\": \"%s\", \"context\": {\"orderId\": \"request\"}, \"locale\": \"%s\"}"
                                .formatted(customer, locale))
                .post("/api/v1/notifications")
                .then()
                .log()
                .ifValidationFails()
                .statusCode(202);
        given().contentType(ContentType.JSON)
                .body("{\"locale\": \"%s\"}".formatted(locale))
                .put("/api/v1/preferences/" + customer)
                .then()
                .statusCode(201);
        hear(
                "customer.preferences-changed",
                "{\"customerId\": \"%s\", \"preferences\": {}, \"locale\": \"%s\"}".formatted(customer, locale));
        given().contentType(ContentType.JSON)
                .body(traits(locale))
                .post("/api/v1/events")
                .then()
                .statusCode(202)
                .body("accepted", equalTo(1));

        // Then
        assertThat(told()).extracting(NotificationView::locale).containsExactly("de", "de");
    }

    @ParameterizedTest
    @ValueSource(strings = {"German", "de,en", "C", "de_DE@klingon", "12"})
    void what_is_no_language_is_refused_with_its_field_wherever_it_is_named(String locale) {
        // Given
        known("Alice", "UTC", "en");

        // Then
        given().contentType(ContentType.JSON)
                .body("{\"attributes\": {\"locale\": \"%s\"}}".formatted(locale))
                .put("/api/v1/customers/" + customer)
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/attributes/locale"));
        given().contentType(ContentType.JSON)
                .body("{\"locale\": \"%s\"}".formatted(locale))
                .put("/api/v1/preferences/" + customer)
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/locale"));
        given().contentType(ContentType.JSON)
                .body(
                        "{\"type\": \"ORDER_COMPLETE\", \"customerId\": \"%s\", \"context\": {\"orderId\": \"o\"}, \"locale\": \"%s\"}"
                                .formatted(customer, locale))
                .post("/api/v1/notifications")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/locale"));
        given().contentType(ContentType.JSON)
                .body(traits(locale))
                .post("/api/v1/events")
                .then()
                .statusCode(202)
                .body("rejected[0].problem.errors.pointer", contains("/user_traits/locale"));
    }

    private String traits(String locale) {
        return """
                {"user_id": "%s", "event_type": "something.else", "event_timestamp": "2025-10-31T19:00:00Z", "user_traits": {"locale": "%s"}}""".formatted(customer, locale);
    }

    private void known(String name, String zone, String locale) {
        given().contentType(ContentType.JSON)
                .body("""
                {"name": "%s", "email": "%s@example.com", "phone": "+12125550123", "attributes": {"timeZone": "%s", "locale": "%s"}}""".formatted(name, customer.toLowerCase(), zone, locale))
                .put("/api/v1/customers/" + customer)
                .then()
                .log()
                .ifValidationFails()
                .statusCode(201);
    }

    private void hear(String type, String data) {
        given().contentType("application/cloudevents+json")
                .body("""
                {"specversion": "1.0", "id": "%s", "source": "/test", "type": "%s", "data": %s}""".formatted(ids.next(), type, data))
                .post("/api/v1/events")
                .then()
                .log()
                .ifValidationFails()
                .statusCode(202);
    }

    private void ask(String type, String context) {
        given().contentType(ContentType.JSON)
                .body("{\"type\": \"%s\", \"customerId\": \"%s\", \"context\": %s}".formatted(type, customer, context))
                .post("/api/v1/notifications")
                .then()
                .log()
                .ifValidationFails()
                .statusCode(202);
    }

    /** Subject and text of every channel, door by door. */
    private List<List<String>> bothDoors() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> told().map(NotificationView::door).distinct().count() == 2);
        return Stream.of("event-sourced", "api-driven")
                .map(door -> told().filter(one -> one.door().equals(door))
                        .flatMap(one -> one.deliveries().stream())
                        .filter(delivery -> delivery.body() != null)
                        .map(delivery -> delivery.channel() + ": " + delivery.subject() + " " + delivery.body())
                        .sorted()
                        .toList())
                .toList();
    }

    private Stream<NotificationView> told() {
        return tracking.newest("default", customer, 10).await().atMost(Duration.ofSeconds(30)).stream()
                .map(one -> tracking.find("default", one.trackingId())
                        .await()
                        .atMost(Duration.ofSeconds(30))
                        .orElseThrow());
    }
}
