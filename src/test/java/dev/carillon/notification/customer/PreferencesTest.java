package dev.carillon.notification.customer;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.carillon.platform.id.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class PreferencesTest {

    @Inject
    Ids ids;

    private String customer = "";

    @BeforeEach
    void a_customer_who_never_chose() {
        customer = ids.next();
        given().contentType(ContentType.JSON)
                .body("{\"email\":\"new@example.com\"}")
                .put("/api/v1/customers/" + customer)
                .then()
                .statusCode(201);
    }

    @Test
    void nothing_said_is_version_zero() {
        given().get("/api/v1/preferences/" + customer)
                .then()
                .statusCode(200)
                .body("preferences", anEmptyMap())
                .body("channels", anEmptyMap())
                .body("categories", anEmptyMap())
                .body("version", equalTo(0));
    }

    @Test
    void what_was_said_is_replaced_as_a_whole() {
        // Given
        put("{\"preferences\":{\"price_alerts\":{\"email\":true}},\"channels\":{\"sms\":false}}")
                .statusCode(201)
                .header("Location", equalTo("/api/v1/preferences/" + customer))
                .body("version", equalTo(1));

        // When
        put("{\"categories\":{\"promotions\":true}}").statusCode(200).body("version", equalTo(2));

        // Then
        given().get("/api/v1/preferences/" + customer)
                .then()
                .body("preferences", anEmptyMap())
                .body("channels", anEmptyMap())
                .body("categories.promotions", equalTo(true))
                .body("version", equalTo(2));
    }

    @Test
    void what_was_said_decides_from_now_on() {
        // Given
        put("{\"categories\":{\"order_updates\":false}}").statusCode(201);

        // When
        var told = given().contentType(ContentType.JSON)
                .body("{\"type\":\"ORDER_SHIPPED\",\"customerId\":\"" + customer
                        + "\",\"context\":{\"orderId\":\"o\"}}")
                .post("/api/v1/notifications")
                .then();

        // Then
        told.statusCode(202).body("reason", equalTo("CATEGORY_OFF"));
    }

    @Test
    void what_was_read_can_be_sent_back_unless_somebody_was_faster() {
        // Given
        var read = given().get("/api/v1/preferences/" + customer).asString();
        put(read).statusCode(201).body("version", equalTo(1));

        // When
        var late = put(read);

        // Then
        late.statusCode(409).body("type", endsWith("/conflict")).body("errors.pointer", contains("/version"));
    }

    @Test
    void every_category_channel_and_value_nobody_knows_is_named() {
        put("""
                {"preferences": {"price_alerts": {"email": null, "fax": true}, "a/b": {"email": true}, "promotions": null},
                 "channels": {"pigeon": true, "sms": null}, "categories": {"nope": true, "promotions": null}}""")
                .statusCode(422)
                .body(
                        "errors.pointer",
                        containsInAnyOrder(
                                "/preferences/price_alerts/email",
                                "/preferences/price_alerts/fax",
                                "/preferences/a~1b",
                                "/preferences/promotions",
                                "/channels/pigeon",
                                "/channels/sms",
                                "/categories/nope",
                                "/categories/promotions"));
        put("{\"channels\":{\"sms\":\"yes\"}}")
                .statusCode(422)
                .body("errors.pointer", contains("/channels/sms"))
                .body("errors[0].detail", equalTo("must be true or false"));
        put("{\"optedOut\":\"yes\"}").statusCode(422).body("errors.pointer", contains("/optedOut"));
        put("{\"quietHours\":{}}").statusCode(422).body("errors.pointer", contains("/quietHours"));
    }

    @Test
    void an_opt_out_of_everything_and_a_cap_are_kept_and_replaced_like_the_rest() {
        // Given
        given().get("/api/v1/preferences/" + customer)
                .then()
                .body("optedOut", equalTo(false))
                .body("frequencyCap", nullValue());
        put("{\"optedOut\": true, \"frequencyCap\": {\"max\": 3, \"per\": \"P1D\", \"window\": \"fixed\"}}")
                .statusCode(201);
        var read = given().get("/api/v1/preferences/" + customer).asString();

        // When
        put(read)
                .statusCode(200)
                .body("optedOut", equalTo(true))
                .body("frequencyCap.max", equalTo(3))
                .body("frequencyCap.per", equalTo("P1D"))
                .body("frequencyCap.window", equalTo("fixed"))
                .body("version", equalTo(2));

        // Then
        put("{\"frequencyCap\": {\"max\": 1, \"per\": \"calendar-day\"}}")
                .statusCode(200)
                .body("optedOut", equalTo(false))
                .body("frequencyCap.window", nullValue());
        put("{}").statusCode(200).body("frequencyCap", nullValue());
    }

    @Test
    void whoever_opted_out_of_everything_is_told_nothing_they_had_chosen() {
        // Given
        put("{\"optedOut\": true, \"preferences\": {\"order_updates\": {\"email\": true}}}")
                .statusCode(201);

        // When
        var told = given().contentType(ContentType.JSON)
                .body("{\"type\":\"ORDER_SHIPPED\",\"customerId\":\"" + customer
                        + "\",\"context\":{\"orderId\":\"o\"}}")
                .post("/api/v1/notifications")
                .then();

        // Then
        told.statusCode(202).body("reason", equalTo("UNSUBSCRIBED"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'max': 0, 'per': 'P1D'}                                  | /frequencyCap/max",
                "{'max': 1001, 'per': 'P1D'}                               | /frequencyCap/max",
                "{'max': 'three', 'per': 'P1D'}                            | /frequencyCap/max",
                "{'max': 1.5, 'per': 'P1D'}                                | /frequencyCap/max",
                "{'per': 'P1D'}                                            | /frequencyCap/max",
                "{'max': 3}                                                | /frequencyCap/per",
                "{'max': 3, 'per': 'P1M'}                                  | /frequencyCap/per",
                "{'max': 3, 'per': 'P401D'}                                | /frequencyCap/per",
                "{'max': 3, 'per': 'PT0S'}                                 | /frequencyCap/per",
                "{'max': 3, 'per': 'P1D', 'window': 'tumbling'}            | /frequencyCap/window",
                "{'max': 3, 'per': 'calendar-day', 'window': 'sliding'}    | /frequencyCap/window",
                "{'max': 3, 'per': 'P1D', 'kind': 'sliding'}               | /frequencyCap/kind",
                "3                                                         | /frequencyCap",
            })
    void a_cap_that_is_none_is_refused_by_name(String cap, String pointer) {
        put("{\"frequencyCap\": " + cap.replace('\'', '"') + "}")
                .statusCode(422)
                .body("errors.pointer", contains(pointer));
    }

    @Test
    void nobody_has_preferences_who_is_not_known() {
        customer = "nobody";

        put("{}").statusCode(404).body("type", endsWith("/unknown-customer"));
        given().get("/api/v1/preferences/nobody")
                .then()
                .statusCode(404)
                .body("errors.pointer", contains("/customerId"));
    }

    private ValidatableResponse put(String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .put("/api/v1/preferences/" + customer)
                .then()
                .log()
                .ifValidationFails();
    }
}
