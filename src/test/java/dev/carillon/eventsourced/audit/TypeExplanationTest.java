package dev.carillon.eventsourced.audit;

import static dev.carillon.testing.PostedEvent.event;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.carillon.notification.TestPipeline;
import dev.carillon.notification.preference.Preferences;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.testing.Plans;
import dev.carillon.testing.PutRule;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** "Why was I not told of this?", asked by the kind of message, and what would have changed it. */
@QuarkusTest
class TypeExplanationTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final String TYPE = "PRICE_DROP_ALERT";

    @Inject
    TestPipeline pipeline;

    @Inject
    Transactions transactions;

    @Inject
    Ids ids;

    private String run;
    private String customer;
    private String happening;

    @BeforeEach
    void apart() {
        run = ids.next().toLowerCase(Locale.ROOT);
        customer = "why-" + run;
        happening = "why.happened-" + run;
    }

    @AfterEach
    void theRuleGoes() {
        given().delete("/api/v1/rules/why-" + run);
    }

    @Test
    void every_no_in_turn_is_found_by_asking_again_without_the_one_before() {
        // Given: too small, not gold, and switched off
        rule();
        var said = new HashMap<String, Object>(Map.of("name", "Why", "segment", "bronze", "email", "why@example.com"));
        pipeline.customer("default", customer, said);
        pipeline.prefers("default", customer, Preferences.NONE.withChannels(Map.of("email", false)));

        // When
        var id = happened(5);

        // Then
        explained(id)
                .body("rules[0].verdict", equalTo("not-told"))
                .body("rules[0].wouldHaveChangedIt.changes.gate", contains("when", "where", "preference"))
                .body("rules[0].wouldHaveChangedIt.changes[0].change", containsString("drop was 5"))
                .body("rules[0].wouldHaveChangedIt.verdict", equalTo("told"))
                .body("rules[0].wouldHaveChangedIt.channels", contains("email"))
                .body("rules[0].wouldHaveChangedIt.stillRefusedBy", nullValue())
                .body(
                        "rules[0].wouldHaveChangedIt.sentence",
                        containsString("the message would have been sent by email"));
    }

    @Test
    void a_customer_nobody_knew_would_have_needed_an_address_as_well() {
        rule();
        var id = happened(50);
        explained(id)
                .body("rules[0].wouldHaveChangedIt.changes.gate", hasItem("where"))
                .body("rules[0].wouldHaveChangedIt.changes.reason", hasItem("UNKNOWN_RECIPIENT"))
                .body("rules[0].wouldHaveChangedIt.changes.reason", hasItem("NO_ADDRESS"));
    }

    @Test
    void whoever_was_told_needs_no_change() {
        rule();
        pipeline.customer("default", customer, Map.of("name", "Why", "segment", "gold", "email", "why@example.com"));
        pipeline.prefers("default", customer, "email", true);
        explained(happened(50))
                .body("rules[0].verdict", equalTo("told"))
                .body("rules[0].wouldHaveChangedIt", nullValue());
    }

    @Test
    void by_its_kind_a_message_is_explained_without_an_event_s_id() {
        // Given
        rule();
        pipeline.customer("default", customer, Map.of("name", "Why", "segment", "bronze", "email", "why@example.com"));
        var id = happened(50);
        explained(id);

        // Then
        ofType().body("verdict", equalTo("not-told"))
                .body("events.eventId", hasItem(id))
                .body("events.find { it.eventId == '" + id + "' }.rules.ruleId", contains("why-" + run))
                .body("events.find { it.eventId == '" + id + "' }.rules[0].reason", equalTo("NOT_ELIGIBLE"))
                .body("summary", containsString("The customer does not meet the condition"));
    }

    @Test
    void a_caller_s_request_is_part_of_it() {
        // Given
        pipeline.customer("default", customer, Map.of("name", "Why", "email", "why@example.com"));
        pipeline.prefers("default", customer, Preferences.NONE.withOptedOut(true));

        // When
        given().contentType(ContentType.JSON)
                .body(
                        "{\"type\": \"PRICE_DROP_ALERT\", \"customerId\": \"" + customer
                                + "\", \"context\": {\"productName\": \"P\", \"oldPrice\": 2, \"newPrice\": 1, \"currency\": \"EUR\"}}")
                .post("/api/v1/notifications");

        // Then
        ofType().body("calls", hasSize(1))
                .body("calls[0].verdict", equalTo("not-told"))
                .body("calls[0].reason", equalTo("UNSUBSCRIBED"))
                .body("verdict", equalTo("not-told"));
    }

    @Test
    void a_rule_that_came_later_or_was_switched_off_is_named() {
        // Given
        var early = happenedBeforeAnyRule();
        rule();

        // Then
        explainedNow(early)
                .body("rules", empty())
                .body("rulesNotThen.ruleId", contains("why-" + run))
                .body("rulesNotThen[0].state", equalTo("absent"))
                .body(
                        "rulesNotThen[0].sentence",
                        containsString("There was no such rule at that time; it has been in force since"));

        // When
        given().post("/api/v1/rules/why-" + run + "/disable").then().statusCode(200);
        var late = happenedBeforeAnyRule();

        // Then
        explainedNow(late)
                .body("rulesNotThen[0].state", equalTo("disabled"))
                .body("rulesNotThen[0].enabledNow", equalTo(false))
                .body("rulesNotThen[0].inForceFrom", nullValue());
        ofType().body("rulesNotThen.ruleId", hasItem("why-" + run));
    }

    @Test
    void where_nothing_happened_that_is_said() {
        given().queryParams("customerId", customer, "at", "2001-01-01T00:00:00Z")
                .get("/api/v1/explanations/types/" + TYPE)
                .then()
                .statusCode(200)
                .body("verdict", equalTo("never-asked"))
                .body("events", empty())
                .body("summary", containsString("nothing happened that a rule for this message listens to"));
        given().queryParams("customerId", customer)
                .get("/api/v1/explanations/types/NONE")
                .then()
                .statusCode(404);
        given().queryParams("at", "yesterday")
                .get("/api/v1/explanations/types/" + TYPE)
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/customerId", "/at"));
    }

    @Test
    void the_nearest_events_are_read_and_no_more() {
        var at = OffsetDateTime.now(ZoneOffset.UTC);
        var plans = Plans.of(
                transactions,
                "analyze, costs off, timing off, summary off",
                (explained, tx) -> Plans.run(tx, List.of("""
                        insert into event (position, recorded_at, tenant, id, source, type, subject, occurred_at, address, data, extensions)
                        select 1000000000 + n, now() - n * interval '1 millisecond', 'plans', 'event-' || n, '/plans', 'plans.type-' || n % 2,
                               'customer-' || n % 400, now(), 'bss.other', '{}', '{}'
                        from generate_series(1, 40000) n
                        """, "analyze event"))
                        .chain(() -> explained.explain(
                                tx,
                                PgEventAudit.OF_CUSTOMER_AROUND,
                                Tuple.of("plans", "customer-7")
                                        .addArrayOfString(new String[] {"plans.*"})
                                        .addOffsetDateTime(at.minusDays(1))
                                        .addOffsetDateTime(at.plusDays(1))
                                        .addOffsetDateTime(at.minusSeconds(1))
                                        .addInteger(10)))
                        .chain(() -> explained.explain(
                                tx,
                                PgEventAudit.OF_TYPES_AROUND,
                                Tuple.of("plans")
                                        .addArrayOfString(new String[] {"plans.type-1", "none"})
                                        .addOffsetDateTime(at.minusDays(1))
                                        .addOffsetDateTime(at.plusDays(1))
                                        .addOffsetDateTime(at.minusSeconds(1))
                                        .addInteger(10))));
        Assertions.assertThat(plans)
                .hasSize(2)
                .allSatisfy(plan -> Assertions.assertThat(plan)
                        .doesNotContainPattern("Seq Scan on event[a-z_0-9]*[^\\n]*\\(actual rows=[1-9]")
                        .doesNotContainPattern("rows=[0-9]{3,}"));
    }

    private void rule() {
        PutRule.rule("why-" + run, """
                id: why-%s
                on: %s
                when: event.data.drop >= 20
                where: customer.segment == 'gold'
                notify: {type: %s, channels: [email], context: {productName: "'P'", oldPrice: "2.0", newPrice: "1.0", currency: "'EUR'"}}
                """.formatted(run, happening, TYPE));
    }

    private String happened(int drop) {
        var id = ids.next();
        event(customer, happening).id(id).data("{\"drop\": " + drop + "}").publish();
        return id;
    }

    private String happenedBeforeAnyRule() {
        var id = happened(50);
        await().atMost(DEADLINE)
                .untilAsserted(() -> given().get("/api/v1/events/" + id).then().body("answered", equalTo(true)));
        return id;
    }

    private ValidatableResponse explained(String id) {
        await().atMost(DEADLINE)
                .untilAsserted(
                        () -> explainedNow(id).body("answered", equalTo(true)).body("rules", hasSize(1)));
        return explainedNow(id);
    }

    private ValidatableResponse explainedNow(String id) {
        return given().queryParams("eventId", id, "customerId", customer)
                .get("/api/v1/explanations")
                .then()
                .statusCode(200);
    }

    private ValidatableResponse ofType() {
        return given().queryParam("customerId", customer)
                .get("/api/v1/explanations/types/" + TYPE)
                .then()
                .statusCode(200);
    }
}
