package dev.carillon.apidriven.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

/** The first design's endpoint, as written there. */
@QuarkusTest
class NotifyTest {

    @Test
    void takes_the_request_of_the_first_design_as_written_there() {
        // When
        var answer = notify("""
                {"notification_type": "ORDER_SHIPPED", "customer_id": "cust-001", "context": {"order_id": "ord-001"}}""");

        // Then
        String trackingId = answer.statusCode(202)
                .body("status", equalTo("accepted"))
                .header("Location", containsString("/api/v1/notifications/"))
                .extract()
                .path("tracking_id");
        given().get("/api/v1/notifications/" + trackingId)
                .then()
                .statusCode(200)
                .body("type", equalTo("ORDER_SHIPPED"));
    }

    @Test
    void points_at_what_the_caller_sent_in_the_callers_spelling() {
        notify("""
                {"notification_type": "ORDER_SHIPPED", "customer_id": "cust-001", "context": {"tracking_number": 5}}""").statusCode(422).body("errors.pointer", contains("/context/order_id", "/context/tracking_number"));
        notify("""
                {"notification_type": "ORDER_SHIPPED", "customer_id": "cust-001", "context": {"orderId": 5}}""").statusCode(422).body("errors.pointer", contains("/context/orderId"));
        notify("""
                {"notification_type": "NOPE", "customer_id": "cust-001"}""").statusCode(422).body("errors.pointer", contains("/notification_type"));
        notify("""
                {"notification_type": "ORDER_SHIPPED", "customer_id": "nobody", "context": {"order_id": "o"}}""").statusCode(404).body("errors.pointer", contains("/customer_id"));
        notify("{}").statusCode(422).body("errors.pointer", contains("/customer_id", "/notification_type"));
        notify("""
                {"notificationType": "ORDER_SHIPPED"}""").statusCode(422).body("errors.pointer", contains("/notificationType"));
    }

    private static ValidatableResponse notify(String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/notify")
                .then()
                .log()
                .ifValidationFails();
    }
}
