package dev.carillon.apidriven.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import dev.carillon.platform.id.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PreferencesTest {

    @Inject
    Ids ids;

    private String customer = "";

    @BeforeEach
    void a_customer_who_never_chose() {
        customer = ids.next();
        given().contentType(ContentType.JSON).body("{\"email\":\"new@example.com\"}").put("/api/v1/customers/" + customer).then().statusCode(200);
    }

    @Test
    void nothing_said_is_version_zero() {
        given().get("/api/v1/preferences/" + customer).then().statusCode(200)
                .body("preferences", anEmptyMap()).body("channels", anEmptyMap()).body("categories", anEmptyMap()).body("version", equalTo(0));
    }

    @Test
    void what_was_said_is_replaced_as_a_whole() {
        // Given
        put("{\"preferences\":{\"price_alerts\":{\"email\":true}},\"channels\":{\"sms\":false}}").statusCode(200).body("version", equalTo(1));

        // When
        put("{\"categories\":{\"promotions\":true}}").statusCode(200).body("version", equalTo(2));

        // Then
        given().get("/api/v1/preferences/" + customer).then()
                .body("preferences", anEmptyMap()).body("channels", anEmptyMap()).body("categories.promotions", equalTo(true)).body("version", equalTo(2));
    }

    @Test
    void what_was_said_decides_from_now_on() {
        // Given
        put("{\"categories\":{\"order_updates\":false}}").statusCode(200);

        // When
        var told = given().contentType(ContentType.JSON).body("{\"type\":\"ORDER_SHIPPED\",\"customerId\":\"" + customer
                + "\",\"context\":{\"orderId\":\"o\"}}").post("/api/v1/notifications").then();

        // Then
        told.statusCode(202).body("reason", equalTo("CATEGORY_OFF"));
    }

    @Test
    void what_was_read_can_be_sent_back_unless_somebody_was_faster() {
        // Given
        var read = given().get("/api/v1/preferences/" + customer).asString();
        put(read).statusCode(200).body("version", equalTo(1));

        // When
        var late = put(read);

        // Then
        late.statusCode(409).body("type", endsWith("/conflict")).body("errors.pointer", contains("/version"));
    }

    @Test
    void every_category_channel_and_value_nobody_knows_is_named() {
        put("""
                {"preferences": {"price_alerts": {"email": null, "fax": true}, "a/b": {"email": true}, "promotions": null},
                 "channels": {"pigeon": true, "sms": null}, "categories": {"nope": true, "promotions": null}}""").statusCode(422)
                .body("errors.pointer", containsInAnyOrder("/preferences/price_alerts/email", "/preferences/price_alerts/fax",
                        "/preferences/a~1b", "/preferences/promotions", "/channels/pigeon", "/channels/sms", "/categories/nope",
                        "/categories/promotions"));
        put("{\"channels\":{\"sms\":\"yes\"}}").statusCode(422).body("errors.pointer", contains("/channels/sms"))
                .body("errors[0].detail", equalTo("must be true or false"));
        put("{\"quietHours\":{}}").statusCode(422).body("errors.pointer", contains("/quietHours"));
    }

    @Test
    void nobody_has_preferences_who_is_not_known() {
        customer = "nobody";

        put("{}").statusCode(404).body("type", endsWith("/unknown-customer"));
        given().get("/api/v1/preferences/nobody").then().statusCode(404).body("errors.pointer", contains("/customerId"));
    }

    private ValidatableResponse put(String body) {
        return given().contentType(ContentType.JSON).body(body).put("/api/v1/preferences/" + customer).then().log().ifValidationFails();
    }
}
