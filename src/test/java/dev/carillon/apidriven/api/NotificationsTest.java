package dev.carillon.apidriven.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.carillon.platform.id.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Door 2 over HTTP: what a calling team sees. */
@QuarkusTest
class NotificationsTest {

    private static final String PATH = "/api/v1/notifications";

    @Inject
    Ids ids;

    @Test
    void a_submission_is_accepted_and_found_where_its_location_says() {
        // When
        var answer = submit(Map.of(
                        "type", "ORDER_SHIPPED", "customerId", "cust-001", "context", Map.of("orderId", "ord-001")))
                .statusCode(202)
                .body("status", equalTo("accepted"))
                .extract();

        // Then
        String trackingId = answer.path("trackingId");
        assertThat(Ids.isId(trackingId)).isTrue();
        assertThat(answer.header("Location")).endsWith(PATH + "/" + trackingId);
        given().get(answer.header("Location"))
                .then()
                .statusCode(200)
                .body("trackingId", equalTo(trackingId))
                .body("door", equalTo("api-driven"))
                .body("customerId", equalTo("cust-001"))
                .body("type", equalTo("ORDER_SHIPPED"))
                .body("category", equalTo("order_updates"))
                .body("reason", nullValue());
    }

    @Test
    void every_channel_and_attempt_can_be_followed_until_it_is_sent() {
        // Given
        String trackingId = submit(shipped("cust-001", "ord-" + ids.next()))
                .statusCode(202)
                .extract()
                .path("trackingId");

        // When
        var sent = sent(trackingId);

        // Then
        assertThat(sent.getList("deliveries.channel", String.class)).containsExactlyInAnyOrder("email", "sms");
        assertThat(sent.getList("deliveries.status", String.class)).containsOnly("sent");
        assertThat(sent.getList("deliveries[0].attempts.outcome", String.class)).containsExactly("sent");
        assertThat(sent.getInt("deliveries[0].attempts[0].number")).isEqualTo(1);
        assertThat(sent.getString("deliveries[0].attempts[0].provider")).isNotBlank();
        assertThat(sent.getString("deliveries[0].attempts[0].endedAt")).endsWith("Z");
    }

    @Test
    void a_channel_without_an_address_is_skipped_with_its_reason() {
        // Given
        String trackingId = submit(shipped("cust-003", "ord-" + ids.next()))
                .statusCode(202)
                .extract()
                .path("trackingId");

        // When
        var sent = sent(trackingId);

        // Then
        assertThat(sent.getString("deliveries.find { it.channel == 'sms' }.reason"))
                .isEqualTo("NO_ADDRESS");
        assertThat(sent.getString("deliveries.find { it.channel == 'email' }.status"))
                .isEqualTo("sent");
    }

    @Test
    void a_customer_who_wants_nothing_is_not_told_and_the_reason_is_kept() {
        // When
        String trackingId = submit(shipped("cust-004", "ord-" + ids.next()))
                .statusCode(202)
                .body("status", equalTo("suppressed"))
                .body("reason", equalTo("CATEGORY_OFF"))
                .extract()
                .path("trackingId");

        // Then
        given().get(PATH + "/" + trackingId)
                .then()
                .statusCode(200)
                .body("status", equalTo("suppressed"))
                .body("reason", equalTo("CATEGORY_OFF"));
    }

    @Test
    void a_fact_is_told_once_however_often_it_is_submitted() {
        // Given
        var fact = "order/ord-" + ids.next() + "/shipped";
        var request = Map.of(
                "type",
                "ORDER_SHIPPED",
                "customerId",
                "cust-001",
                "context",
                Map.of("orderId", "o"),
                "businessKey",
                fact);
        String first = submit(request)
                .statusCode(202)
                .body("status", equalTo("accepted"))
                .extract()
                .path("trackingId");

        // When
        var again = submit(request);

        // Then
        String second = again.statusCode(202)
                .body("status", equalTo("suppressed"))
                .body("reason", equalTo("DUPLICATE_BUSINESS_KEY"))
                .body("duplicateOf", equalTo(first))
                .extract()
                .path("trackingId");
        given().get(PATH + "/" + second)
                .then()
                .body("duplicateOf", equalTo(first))
                .body("businessKey", equalTo(fact));
    }

    @Test
    void a_customer_nobody_knows_is_a_404_that_points_at_the_id() {
        submit(shipped("cust-999", "ord-001"))
                .statusCode(404)
                .body("type", endsWith("/unknown-customer"))
                .body("detail", equalTo("Nobody is known as cust-999"))
                .body("errors[0].pointer", equalTo("/customerId"))
                .body("instance", equalTo(PATH));
    }

    @Test
    void a_type_nobody_knows_is_a_422_that_lists_the_known_ones() {
        submit(Map.of("type", "NOPE", "customerId", "cust-001"))
                .statusCode(422)
                .body("type", endsWith("/unknown-type"))
                .body("errors[0].pointer", equalTo("/type"))
                .body("detail", containsString("ORDER_SHIPPED"));
    }

    @Test
    void a_variable_that_is_missing_or_of_the_wrong_type_is_named() {
        submit(Map.of("type", "ORDER_SHIPPED", "customerId", "cust-001"))
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/context/orderId"))
                .body("errors[0].detail", equalTo("is required"));
        submit(Map.of("type", "ORDER_SHIPPED", "customerId", "cust-001", "context", Map.of("orderId", 5)))
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/context/orderId"))
                .body("errors[0].detail", equalTo("must be a string, not a number"));
    }

    @Test
    void a_nul_character_is_refused_where_it_stands_however_deep() {
        var context = Map.of("orderId", "a\0b", "lines", List.of(Map.of("na/me", "x\0")), "bad\0name", 1);

        submit(Map.of("type", "ORDER_SHIPPED", "customerId", "cust-001", "context", context))
                .statusCode(422)
                .body("errors.size()", is(3))
                .body("errors.pointer", hasItem("/context/orderId"))
                .body("errors.pointer", hasItem("/context/lines/0/na~1me"))
                .body("errors.pointer", hasItem("/context"));
    }

    @Test
    void other_control_characters_and_any_script_get_through() {
        submit(shipped("cust-001", "zażółć\n\t\u0001 \uD83D\uDE80 " + ids.next()))
                .statusCode(202);
    }

    @Test
    void what_is_no_tracking_id_and_what_is_nobodys_are_not_found() {
        for (var id : List.of("x", ids.next(), "01KAJ3W4S8M2Q9V7T5R1N3X0ZC0")) {
            given().get(PATH + "/" + id).then().statusCode(404).body("type", endsWith("/not-found"));
        }
        given().urlEncodingEnabled(false)
                .get(PATH + "/%00")
                .then()
                .statusCode(404)
                .body("type", endsWith("/not-found"));
    }

    private static JsonPath sent(String trackingId) {
        return await().until(
                        () -> given().get(PATH + "/" + trackingId).jsonPath(),
                        found -> "sent".equals(found.getString("status")));
    }

    private static Map<String, Object> shipped(String customer, String order) {
        return Map.of("type", "ORDER_SHIPPED", "customerId", customer, "context", Map.of("orderId", order));
    }

    private static ValidatableResponse submit(Map<String, Object> request) {
        return given().contentType(ContentType.JSON)
                .body(request)
                .post(PATH)
                .then()
                .log()
                .ifValidationFails();
    }
}
