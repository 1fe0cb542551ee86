package dev.carillon.notification.tracking;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.carillon.notification.TestPipeline;
import dev.carillon.notification.preference.Preferences;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.testing.Plans;
import dev.carillon.testing.PostedEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a notification said, and why it was said or not, through either door. */
@QuarkusTest
class MessagesTest {

    private static final String TENANT = "default";

    @Inject
    TestPipeline pipeline;

    @Inject
    Transactions transactions;

    @Inject
    Ids ids;

    private final String customer = TestPipeline.unique("said");

    @Test
    void a_message_is_read_back_as_it_was_sent() {
        // Given
        pipeline.customer(TENANT, customer, "said@example.com", "+12025550177");

        // When
        var id = shipped();

        // Then
        var messages = given().get("/api/v1/notifications/" + id + "/messages")
                .then()
                .statusCode(200)
                .body("type", equalTo("ORDER_SHIPPED"))
                .body("messages.channel", hasItems("email", "sms"))
                .body("messages.status", not(hasItem("suppressed")))
                .extract()
                .jsonPath();
        var mail = "messages.find { it.channel == 'email' }";
        assertThat(messages.getString(mail + ".recipient")).isEqualTo("said@example.com");
        assertThat(messages.getString(mail + ".subject")).isNotBlank();
        assertThat(messages.getString(mail + ".text")).contains("ord-" + customer);
        assertThat(messages.getBoolean(mail + ".hasHtml")).isTrue();
        assertThat(messages.getBoolean(mail + ".erased")).isFalse();
        assertThat(messages.getString(mail + ".provider")).isEqualTo("mock");
        assertThat(messages.getString(mail + ".sentAt")).isNotBlank();
        assertThat(messages.getString(mail + ".sms")).isNull();
        var sms = "messages.find { it.channel == 'sms' }";
        assertThat(messages.getString(sms + ".recipient")).isEqualTo("+12025550177");
        assertThat(messages.getString(sms + ".sms.encoding")).isIn("GSM-7", "UCS-2");
        assertThat(messages.getInt(sms + ".sms.segments")).isPositive();
    }

    @Test
    void its_html_is_shown_in_a_sandbox_and_nothing_of_another_notification() {
        // Given
        pipeline.customer(TENANT, customer, "said@example.com", null);
        var id = shipped();

        // Then
        given().get("/api/v1/notifications/" + id + "/messages/" + id + "/html")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .header("Content-Security-Policy", MessageResource.SANDBOX)
                .header("Cache-Control", containsString("no-store"))
                .header("X-Content-Type-Options", "nosniff")
                .body(containsString("<"));
        given().get("/api/v1/notifications/" + ids.next() + "/messages/" + id + "/html")
                .then()
                .statusCode(404);
        given().get("/api/v1/notifications/" + id + "/messages/" + ids.next() + "/html")
                .then()
                .statusCode(404);
        given().get("/api/v1/notifications/none/messages").then().statusCode(404);
    }

    @Test
    void of_an_erased_customer_it_is_only_said_that_there_was_a_message() {
        // Given
        pipeline.customer(TENANT, customer, "said@example.com", null);
        var id = shipped();

        // When
        given().delete("/api/v1/customers/" + customer).then().statusCode(204);

        // Then
        given().get("/api/v1/notifications/" + id + "/messages")
                .then()
                .statusCode(200)
                .body("messages.find { it.channel == 'email' }.erased", equalTo(true))
                .body("messages.find { it.channel == 'email' }.text", nullValue())
                .body("messages.find { it.channel == 'email' }.recipient", nullValue());
        given().get("/api/v1/notifications/" + id + "/messages/" + id + "/html")
                .then()
                .statusCode(410)
                .body("type", endsWith("/gone"));
    }

    @Test
    void door_two_has_its_gates_and_each_channel_the_one_that_left_it_out() {
        // Given
        pipeline.customer(TENANT, customer, "said@example.com", null);

        // When
        var id = shipped();

        // Then
        given().get("/api/v1/notifications/" + id + "/decisions")
                .then()
                .statusCode(200)
                .body("door", equalTo("api-driven"))
                .body("verdict", equalTo("told"))
                .body("decisions.size()", equalTo(1))
                .body("decisions[0].gates.name", hasItems("recipient", "preference", "address", "template"))
                .body("channels.find { it.channel == 'sms' }.gate", equalTo("address"))
                .body("channels.find { it.channel == 'sms' }.reason", equalTo("NO_ADDRESS"))
                .body("channels.find { it.channel == 'email' }.gate", nullValue());
    }

    @Test
    void a_no_of_door_two_names_the_gate_and_has_no_message() {
        // Given
        pipeline.customer(TENANT, customer, "said@example.com", null);
        pipeline.prefers(
                TENANT, customer, Preferences.NONE.withChannels(Map.of("email", false, "sms", false, "push", false)));

        // When
        var id = shipped();

        // Then
        given().get("/api/v1/notifications/" + id + "/decisions")
                .then()
                .statusCode(200)
                .body("verdict", equalTo("not-told"))
                .body("reason", equalTo("UNSUBSCRIBED"))
                .body("sentence", equalTo("The customer has unsubscribed from these messages."))
                .body("decisions[0].gates[-1].name", equalTo("preference"))
                .body("decisions[0].gates[-1].passed", equalTo(false));
        given().get("/api/v1/notifications/" + id + "/messages").then().body("messages", empty());
    }

    @Test
    void what_is_decided_later_comes_behind_the_first_decision() {
        // Given
        pipeline.customer(TENANT, customer, "said@example.com", null);
        var id = submit(", \"sendAt\": \"" + OffsetDateTime.now(ZoneOffset.UTC).plusDays(1) + "\"");

        // When
        given().delete("/api/v1/notifications/" + id).then().statusCode(200);

        // Then
        given().get("/api/v1/notifications/" + id + "/decisions")
                .then()
                .statusCode(200)
                .body("decisions.verdict", contains("defer", "suppress"))
                .body("decisions[1].reason", equalTo("CANCELLED"));
        var first = given().queryParam("limit", 1)
                .get("/api/v1/notifications/" + id + "/decisions")
                .then()
                .body("decisions.verdict", contains("defer"))
                .extract()
                .<String>path("next");
        given().queryParam("after", first)
                .get("/api/v1/notifications/" + id + "/decisions")
                .then()
                .body("decisions.verdict", contains("suppress"))
                .body("next", nullValue());
    }

    @Test
    void door_one_s_gates_begin_with_the_rule_s() {
        // Given
        pipeline.customer(TENANT, customer, "said@example.com", null);
        var event = ids.next();

        // When
        PostedEvent.orderShipped("ord-" + event, customer).id(event).publish();

        // Then
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            var id = given().queryParam("customerId", customer)
                    .get("/api/v1/notifications")
                    .then()
                    .extract()
                    .<String>path("notifications[0].trackingId");
            given().get("/api/v1/notifications/" + id + "/decisions")
                    .then()
                    .statusCode(200)
                    .body("door", equalTo("event-sourced"))
                    .body("decisions[0].gates[0].name", equalTo("when"))
                    .body("decisions[0].ruleId", equalTo("order-shipped"));
        });
    }

    @Test
    void the_decisions_about_one_notification_are_found_by_their_index() {
        var id = "0".repeat(20) + "100007";
        var plans = Plans.of(
                transactions,
                "analyze, costs off, timing off, summary off",
                (explained, tx) -> Plans.run(tx, List.of("""
                        insert into standalone_decision (id, decided_at, tenant, door, notification_id, verdict, gates)
                        select lpad((200000 + n)::text, 26, '0'), now(), 'plans', 'api-driven', lpad((100000 + n / 2)::text, 26, '0'), 'suppress', '[]'
                        from generate_series(1, 40000) n
                        """, "analyze standalone_decision"))
                        .chain(() -> explained.explain(
                                tx,
                                PgDecisions.OF_NOTIFICATION,
                                Tuple.of(
                                        "plans",
                                        id,
                                        "",
                                        50,
                                        OffsetDateTime.now(ZoneOffset.UTC).minusMinutes(1)))));
        assertThat(plans.get(0))
                .doesNotContainPattern("Seq Scan on [a-z_0-9]+[^\\n]*\\(actual rows=[1-9]")
                .doesNotContainPattern("rows=[0-9]{2,}");
    }

    @Test
    void a_customer_s_timeline_has_every_notification_and_every_no() {
        // Given
        pipeline.customer(TENANT, customer, "said@example.com", null);
        var told = shipped();
        var event = ids.next();

        // When
        PostedEvent.orderStatus("ord-" + event, customer, "PACKED").id(event).publish();

        // Then
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get("/api/v1/customers/" + customer + "/timeline")
                        .then()
                        .statusCode(200)
                        .body("items.find { it.ruleId == 'order-shipped' }.reason", equalTo("CONDITION_FALSE"))
                        .body("items.find { it.ruleId == 'order-shipped' }.eventId", equalTo(event))
                        .body("items[-1].id", equalTo(told))
                        .body("items[-1].type", equalTo("ORDER_SHIPPED"))
                        .body("items[-1].channels", contains("email")));
        var next = given().queryParam("limit", 1)
                .get("/api/v1/customers/" + customer + "/timeline")
                .then()
                .extract()
                .<String>path("next");
        given().queryParam("after", next)
                .get("/api/v1/customers/" + customer + "/timeline")
                .then()
                .body("items[-1].id", equalTo(told));
    }

    @Test
    void a_timeline_s_page_is_the_end_of_two_indexes() {
        var plans = Plans.of(
                transactions,
                "analyze, costs off, timing off, summary off",
                (explained, tx) -> Plans.run(
                                tx, List.of("""
                        insert into standalone_decision (id, decided_at, tenant, door, customer_id, verdict, gates)
                        select lpad((200000 + n)::text, 26, '0'), now(), 'plans', 'event-sourced', 'customer-' || n % 2, 'ignore', '[]'
                        from generate_series(1, 40000) n
                        """, """
                        insert into notification (id, created_at, tenant, type, category, customer_id, door, context)
                        select lpad((300000 + n)::text, 26, '0'), now(), 'plans', 'PLANS', 'plans', 'customer-' || n % 2, 'api-driven', '{}'
                        from generate_series(1, 40000) n
                        """, "analyze standalone_decision", "analyze notification"))
                        .chain(() -> explained.explain(
                                tx, PgDecisions.ABOUT_CUSTOMER, Tuple.of("plans", "customer-1", "~", 51))));
        assertThat(plans.get(0))
                .contains("Merge Append")
                .doesNotContainPattern("Seq Scan on [a-z_0-9]+[^\\n]*\\(actual rows=[1-9]")
                .doesNotContainPattern("rows=[0-9]{3,}");
    }

    private String shipped() {
        return submit("");
    }

    private String submit(String more) {
        return given().contentType(ContentType.JSON)
                .header("Prefer", "wait=20")
                .body("{\"type\": \"ORDER_SHIPPED\", \"customerId\": \"" + customer
                        + "\", \"context\": {\"orderId\": \"ord-" + customer + "\"}" + more + "}")
                .post("/api/v1/notifications")
                .then()
                .log()
                .ifValidationFails()
                .extract()
                .path("trackingId");
    }
}
