package dev.carillon.notification.customer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import dev.carillon.notification.TestPipeline;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever is asked of somebody whom nobody knows, the answer is the same, and names them. */
@QuarkusTest
class UnknownCustomerTest {

    private static final List<String> MESSAGES = List.of("17", "0", "-1", "99999999999999999999", "abc", "1.5");

    private final String nobody = TestPipeline.unique("nobody");

    @Test
    void everything_below_a_customer_says_that_nobody_knows_them() {
        var inbox = "/api/v1/customers/" + nobody + "/inbox";
        var asked = Stream.concat(
                        Stream.of(
                                "GET /api/v1/customers/" + nobody,
                                "DELETE /api/v1/customers/" + nobody,
                                "GET /api/v1/preferences/" + nobody,
                                "PUT /api/v1/preferences/" + nobody,
                                "GET " + inbox,
                                "GET " + inbox + "/unread",
                                "GET " + inbox + "/stream",
                                "POST " + inbox + "/read"),
                        MESSAGES.stream()
                                .flatMap(id ->
                                        Stream.of("POST " + inbox + "/" + id + "/read", "DELETE " + inbox + "/" + id)))
                .map(one -> one.split(" "))
                .toList();

        for (var one : asked) {
            request(one[0], one[1])
                    .request(one[0], one[1])
                    .then()
                    .log()
                    .ifValidationFails()
                    .statusCode(404)
                    .body("type", endsWith("/unknown-customer"))
                    .body("detail", containsString(nobody))
                    .body("errors.pointer", contains("/customerId"))
                    .body("instance", equalTo(one[1]));
        }
    }

    @Test
    void of_somebody_who_is_known_a_message_that_is_not_there_is_what_is_missing() {
        var known = TestPipeline.unique("known");
        given().contentType(ContentType.JSON)
                .body("{\"name\": \"N\"}")
                .put("/api/v1/customers/" + known)
                .then()
                .statusCode(201);

        for (var id : MESSAGES) {
            for (var one : Map.of(
                            "POST",
                            "/api/v1/customers/" + known + "/inbox/" + id + "/read",
                            "DELETE",
                            "/api/v1/customers/" + known + "/inbox/" + id)
                    .entrySet()) {
                given().request(one.getKey(), one.getValue())
                        .then()
                        .log()
                        .ifValidationFails()
                        .statusCode(404)
                        .body("type", endsWith("/not-found"))
                        .body("detail", equalTo("The customer has no message with this id"));
            }
        }
    }

    @Test
    void what_cannot_be_done_cannot_be_done_to_anybody() {
        var answers = Stream.of(
                        "/api/v1/customers/" + nobody,
                        "/api/v1/customers/" + nobody + "/inbox",
                        "/api/v1/customers/" + nobody + "/inbox/17",
                        "/api/v1/preferences/" + nobody)
                .map(path -> given().contentType(ContentType.JSON).body("{}").patch(path))
                .toList();

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.header("Allow")).isNotBlank();
        });
    }

    private static RequestSpecification request(String method, String path) {
        var body = path.endsWith("/inbox/read") ? "{\"upTo\": 17}" : method.equals("PUT") ? "{}" : null;
        return body == null ? given() : given().contentType(ContentType.JSON).body(body);
    }
}
