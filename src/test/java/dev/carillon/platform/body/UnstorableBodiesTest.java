package dev.carillon.platform.body;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.carillon.platform.id.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is JSON and cannot be kept is refused at every door, with its place. */
@QuarkusTest
class UnstorableBodiesTest {

    private static final String NUL = "the text must hold no NUL character";
    private static final String HALF = "the text must hold no half of a surrogate pair";
    private static final String HALF_NAME = "must hold no name with half of a surrogate pair";
    private static final String BITS = "must be a number of 64 bits";

    @Inject
    Ids ids;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "POST | /api/v1/notifications | {'type': 'ORDER_SHIPPED', 'customerId': 'cust-001', 'businessKey': 'a\\ud800b'} | /businessKey | "
                        + HALF,
                "POST | /api/v1/notifications | {'type': 'ORDER_SHIPPED', 'customerId': 'cust-001', 'businessKey': 'a\\udbff'} | /businessKey | "
                        + HALF,
                "POST | /api/v1/notifications | {'type': 'ORDER_SHIPPED', 'customerId': 'cust-001', 'correlationId': '\\udc00\\ud800'} | /correlationId | "
                        + HALF,
                "POST | /api/v1/notifications | {'type': 'ORDER_SHIPPED', 'customerId': 'cust-001', 'context': {'orderId': 'o', 'a': [{'b': '\\ud800'}]}} | /context/a/0/b | "
                        + HALF,
                "POST | /api/v1/notifications | {'type': 'ORDER_SHIPPED', 'customerId': 'cust-001', 'context': {'orderId': 'o\\u0000'}} | /context/orderId | "
                        + NUL,
                "POST | /api/v1/notifications | {'type': 'ORDER_SHIPPED', 'customerId': 'cust-001', 'context': {'orderId': 'o', 'a\\ud800': 1}} | /context | "
                        + HALF_NAME,
                "POST | /api/v1/notifications | {'type': 'ORDER_SHIPPED', 'customerId': 'cust-001', '\\ud800': 1} | ## | "
                        + HALF_NAME,
                "POST | /api/v1/notifications | {'type': 'ORDER_SHIPPED', 'customerId': 'cust-001', 'context': {'orderId': 'o', 'n': 1E-2147483648}} | /context/n | "
                        + BITS,
                "POST | /api/v1/notifications | {'type': 'ORDER_SHIPPED', 'customerId': 'cust-001', 'context': {'orderId': 'o', 'n': 1E2147483648}} | /context/n | "
                        + BITS,
                "POST | /notify | {'notification_type': 'ORDER_SHIPPED', 'customer_id': 'cust-001', 'context': {'order_id': '\\ud800'}} | /context/order_id | "
                        + HALF,
                "POST | /notify | {'notification_type': 'ORDER_SHIPPED', 'customer_id': 'cust-001', 'context': {'order_id': 'o', 'n': 1e-2147483649}} | /context/n | "
                        + BITS,
                "PUT | /api/v1/customers/unstorable | {'name': 'a\\ud800'} | /name | " + HALF,
                "PUT | /api/v1/customers/unstorable | {'segment': 'a\\ud800'} | /segment | " + HALF,
                "PUT | /api/v1/customers/unstorable | {'attributes': {'a': '\\ud800'}} | /attributes/a | " + HALF,
                "PUT | /api/v1/customers/unstorable | {'attributes': {'a': 1E2147483648}} | /attributes/a | " + BITS,
                "PUT | /api/v1/preferences/cust-001 | {'frequencyCap': {'max': 1E2147483648, 'per': 'P1D'}} | /frequencyCap/max | "
                        + BITS,
                "PUT | /api/v1/preferences/cust-001 | {'channels': {'\\ud800': true}} | /channels | " + HALF_NAME,
                "POST | /api/v1/suppressions | {'channel': 'email', 'address': 'a\\ud800@example.com'} | /address | "
                        + HALF,
                "POST | /api/v1/api-keys | {'label': 'a\\ud800', 'roles': ['sender']} | /label | " + HALF,
                "POST | /api/v1/webhooks | {'url': 'https://example.com/\\ud800'} | /url | " + HALF,
                "POST | /api/v1/rules/validate | {'id': 'a\\ud800'} | /id | " + HALF,
                "PUT | /api/v1/rules/x | {'id': 1E-2147483648} | /id | " + BITS,
                "POST | /api/v1/rules/backtest | {'samples': 1E2147483648} | /samples | " + BITS
            })
    void it_is_a_422_with_its_pointer(String method, String path, String body, String pointer, String detail) {
        given().contentType(ContentType.JSON)
                .body(body.replace('\'', '"'))
                .request(method, path)
                .then()
                .statusCode(422)
                .body("errors.pointer", contains(pointer))
                .body("errors.detail", contains(detail));
    }

    @Test
    void a_whole_pair_is_a_character_like_any_other() {
        var id = ids.next();
        given().contentType(ContentType.JSON)
                .body("{\"name\": \"\\ud83d\\ude00\"}")
                .put("/api/v1/customers/" + id)
                .then()
                .statusCode(201);
        given().get("/api/v1/customers/" + id).then().body("name", equalTo("😀"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"context\": {\"orderId\": \"o\", \"n\": 1E-2147483648}",
                "\"context\": {\"orderId\": \"o\", \"n\": \"\\ud800\"}",
                "\"context\": {\"orderId\": \"o\", \"n\": \"\\u0000\"}"
            })
    void in_a_batch_it_spoils_no_neighbour(String member) {
        var good = "{\"type\": \"ORDER_SHIPPED\", \"customerId\": \"cust-001\", \"context\": {\"orderId\": \""
                + ids.next() + "\"}}";
        var bad = "{\"type\": \"ORDER_SHIPPED\", \"customerId\": \"cust-001\", " + member + "}";

        given().contentType(ContentType.JSON)
                .header("Idempotency-Key", ids.next())
                .body("{\"notifications\": [" + good + "," + bad + "]}")
                .post("/api/v1/notifications/batch")
                .then()
                .statusCode(202)
                .body("accepted", equalTo(1))
                .body("rejected", equalTo(1))
                .body("results[1].problem.status", equalTo(422))
                .body("results[1].problem.errors.pointer", contains("/context/n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E-2147483648", "1E2147483648", "\"\\ud800\""})
    void among_events_it_spoils_no_neighbour(String value) {
        var event =
                "{\"user_id\": \"unstorable\", \"event_type\": \"seen\", \"event_timestamp\": \"2025-10-31T19:00:00Z\", \"properties\": {\"amount\": %s}}";

        given().contentType(ContentType.JSON)
                .header("Idempotency-Key", ids.next())
                .body("[" + event.formatted("1") + "," + event.formatted(value) + "]")
                .post("/api/v1/events")
                .then()
                .statusCode(202)
                .body("accepted", equalTo(1))
                .body("rejected.index", contains(1))
                .body("rejected[0].problem.errors.pointer", contains("/properties/amount"));
    }

    @Test
    void names_with_half_a_pair_are_named_by_what_holds_them() {
        given().contentType(ContentType.JSON)
                .body("[{}, {\"properties\": {\"a\": [{}, {\"\\ud800\": 1}]}}]")
                .post("/api/v1/events")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/1/properties/a/1"))
                .body("errors.detail", contains(HALF_NAME));
    }

    @Test
    void in_a_cloud_event_it_is_named_too() {
        var event =
                "{\"specversion\": \"1.0\", \"id\": \"%s\", \"source\": \"/x\", \"type\": \"com.example.x\", \"data\": {\"n\": 1e-2147483649}}"
                        .formatted(ids.next());

        given().contentType("application/cloudevents+json")
                .body(event.getBytes())
                .post("/api/v1/events")
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/data/n"));
        given().header("ce-specversion", "1.0")
                .header("ce-id", ids.next())
                .header("ce-source", "/x")
                .header("ce-type", "com.example.x")
                .contentType("application/json")
                .body("{\"n\": 1e-2147483649}")
                .post("/api/v1/events")
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/data/n"));
    }

    @Test
    void what_is_no_json_stays_a_400() {
        given().contentType(ContentType.JSON)
                .body("{\"a\": 1E}")
                .post("/api/v1/notifications")
                .then()
                .statusCode(400);
        given().contentType(ContentType.JSON)
                .body("{\"notifications\": []}")
                .post("/api/v1/notifications/batch")
                .then()
                .statusCode(202)
                .body("results", empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"%20", "%C2%A0", "%E2%80%8B", "%EF%BB%BF"})
    void no_customer_is_made_under_what_is_no_id(String id) {
        given().urlEncodingEnabled(false)
                .contentType(ContentType.JSON)
                .body("{}")
                .put("/api/v1/customers/" + id)
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/customerId"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "'customerId': ' '       | /customerId    | must not be blank",
                "'customerId': '.'       | /customerId    | must not be . or .., which no path can hold",
                "'customerId': '..'      | /customerId    | must not be . or .., which no path can hold",
                "'customerId': 'i\\u0085' | /customerId    | must hold no control characters",
                "'customerId': 'cust-001', 'businessKey': ' '        | /businessKey   | must not be blank",
                "'customerId': 'cust-001', 'businessKey': '\\u200b'   | /businessKey   | must not be blank",
                "'customerId': 'cust-001', 'businessKey': '\\u00a0'   | /businessKey   | must not be blank",
                "'customerId': 'cust-001', 'businessKey': ''         | /businessKey   | must have 1 to 400 characters",
                "'customerId': 'cust-001', 'correlationId': '\\u3164' | /correlationId | must not be blank"
            })
    void an_id_of_the_caller_s_making_can_be_read(String members, String pointer, String detail) {
        given().contentType(ContentType.JSON)
                .body("{\"type\": \"ORDER_SHIPPED\", \"context\": {\"orderId\": \"o\"}, " + members.replace('\'', '"')
                        + "}")
                .post("/api/v1/notifications")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains(pointer))
                .body("errors.detail", contains(detail));
    }

    @Test
    void a_customer_of_control_characters_is_nobody_s_path() {
        given().urlEncodingEnabled(false)
                .contentType(ContentType.JSON)
                .body("{}")
                .put("/api/v1/customers/i%C2%85d")
                .then()
                .statusCode(404);
    }

    @Test
    void spaces_around_the_times_of_a_notification_say_nothing() {
        given().contentType(ContentType.JSON)
                .body("{\"type\": \"ORDER_SHIPPED\", \"customerId\": \"cust-001\", \"context\": {\"orderId\": \""
                        + ids.next() + "\"}, \"sendAt\": \" 2025-12-24T08:00:00Z \"}")
                .post("/api/v1/notifications")
                .then()
                .statusCode(202);
    }
}
