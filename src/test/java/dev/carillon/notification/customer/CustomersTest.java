package dev.carillon.notification.customer;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.carillon.platform.id.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class CustomersTest {

    @Inject
    Ids ids;

    @Test
    void what_is_left_out_is_unknown_from_now_on() {
        // Given
        var id = "customer " + ids.next() + "/ż";
        put(id, "{\"name\":\"Zoë\",\"email\":\"zoe@example.com\",\"phone\":\"+12025550199\",\"segment\":\"gold\"}")
                .statusCode(201)
                .body("version", equalTo(1));

        // When
        put(id, "{\"email\":\"zoe@example.org\"}").statusCode(200).body("version", equalTo(2));

        // Then
        given().get("/api/v1/customers/{id}", id)
                .then()
                .statusCode(200)
                .body("email", equalTo("zoe@example.org"))
                .body("name", nullValue())
                .body("phone", nullValue())
                .body("segment", nullValue())
                .body("version", equalTo(2));
    }

    @Test
    void what_was_read_can_be_sent_back_unless_somebody_was_faster() {
        // Given
        var id = ids.next();
        put(id, "{\"name\":\"A\",\"version\":0}").statusCode(201);
        var read = given().get("/api/v1/customers/{id}", id).asString();
        put(id, read).statusCode(200).body("version", equalTo(2));

        // When
        var late = put(id, read.replace("\"A\"", "\"B\""));

        // Then
        late.statusCode(409).body("type", endsWith("/conflict")).body("errors.pointer", contains("/version"));
        given().get("/api/v1/customers/{id}", id)
                .then()
                .body("name", equalTo("A"))
                .body("version", equalTo(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "{\"email\":\"no address\"}   ; /email   ; must be an email address",
                "{\"email\":\"a@b\\u0000\"}   ; /email   ; the text must hold no NUL character",
                "{\"phone\":\"call me\"}      ; /phone   ; must be a phone number",
                "{\"name\":\"a\\nb\"}         ; /name    ; must hold no control characters",
                "{\"segment\":\"\\u0000\"}    ; /segment ; the text must hold no NUL character",
                "{\"segment\":\"a\\u0085\"}   ; /segment ; must hold no control characters",
                "{\"name\":5}                 ; /name    ; must be a string",
                "{\"version\":-1}             ; /version ; must not be negative",
                "{\"version\":\"1\"}          ; /version ; must be a whole number",
                "{\"age\":5}                  ; /age     ; is not a known property"
            })
    void a_field_that_does_not_fit_is_named(String body, String pointer, String detail) {
        put("cust-x", body)
                .statusCode(422)
                .body("errors[0].pointer", equalTo(pointer))
                .body("errors[0].detail", equalTo(detail));
    }

    @Test
    void nobody_is_found_who_is_not_known() {
        given().get("/api/v1/customers/nobody")
                .then()
                .statusCode(404)
                .body("type", endsWith("/unknown-customer"))
                .body("errors.pointer", contains("/customerId"))
                .body("instance", equalTo("/api/v1/customers/nobody"));
    }

    private static ValidatableResponse put(String id, String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .put("/api/v1/customers/{id}", id)
                .then()
                .log()
                .ifValidationFails();
    }
}
