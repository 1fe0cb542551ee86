package dev.carillon.comparison;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each door does when things really break: price-drop-alert has three messages to two customers. */
@QuarkusTest
class FaultsTest {

    private static final Map<String, JsonPath> BROKEN = new HashMap<>();

    @ParameterizedTest(name = "{0}: {1} with {2}: missed {3}, twice {4}, wrong {5}, late {6}")
    @CsvSource({
        "caller-dies, event-sourced, none, 3, 0, 0, 0",
        "caller-dies, event-sourced, outbox, 0, 0, 0, 3",
        "caller-dies, api-driven, none, 3, 0, 0, 0",
        "caller-dies, api-driven, retry, 3, 0, 0, 0",
        "caller-dies, api-driven, outbox, 0, 0, 0, 3",
        "call-times-out, event-sourced, none, 0, 0, 0, 0",
        "call-times-out, event-sourced, retry, 0, 0, 0, 0",
        "call-times-out, api-driven, none, 2, 0, 0, 0",
        "call-times-out, api-driven, retry, 0, 1, 0, 0",
        "call-times-out, api-driven, key, 0, 0, 0, 0",
        "event-twice, event-sourced, none, 0, 0, 0, 0",
        "event-twice, api-driven, none, 0, 3, 0, 0",
        "event-twice, api-driven, key, 0, 0, 0, 0",
        "event-late, event-sourced, none, 0, 0, 0, 3",
        "event-late, api-driven, none, 0, 0, 0, 3",
        "service-unreachable, event-sourced, none, 3, 0, 0, 0",
        "service-unreachable, event-sourced, retry, 0, 0, 0, 3",
        "service-unreachable, api-driven, none, 3, 0, 0, 0",
        "service-unreachable, api-driven, retry, 0, 0, 0, 3",
        "service-restarts, event-sourced, none, 0, 0, 0, 3",
        "service-restarts, api-driven, none, 3, 0, 0, 0",
        "service-restarts, api-driven, retry, 0, 0, 0, 3",
        "rule-wrong, event-sourced, none, 2, 0, 1, 0",
        "rule-wrong, event-sourced, again, 0, 0, 1, 2",
        "rule-wrong, api-driven, none, 2, 0, 1, 0",
        "rule-wrong, api-driven, again, 0, 0, 1, 2",
        "preference-changes, event-sourced, none, 0, 0, 0, 0",
        "preference-changes, api-driven, none, 0, 0, 0, 0"
    })
    void outcome(String fault, String door, String remedy, int missed, int twice, int wrong, int late) {
        // When
        var run = "faults.find { it.fault == '%s' }.runs.find { it.door == '%s' && it.remedy == '%s' }."
                .formatted(fault, door, remedy);
        var broken = broken("price-drop-alert", fault);

        // Then
        assertThat(List.of(
                        broken.getInt(run + "missed.messages"),
                        broken.getInt(run + "twice.messages"),
                        broken.getInt(run + "wrong.messages"),
                        broken.getInt(run + "late.messages")))
                .as(broken.getString(run + "why"))
                .containsExactly(missed, twice, wrong, late);
    }

    /** What is collected is a set, and what a team looks up is there whichever fact it handles first. */
    @ParameterizedTest
    @ValueSource(strings = {"out-of-order", "event-late", "event-twice"})
    void an_order_is_complete_once_whatever_order_its_lines_ship_in(String fault) {
        // When
        var broken = broken("order-complete", fault);

        // Then
        var runs = "faults.find { it.fault == '" + fault + "' }.runs.findAll { it.door == 'event-sourced' }.";
        assertThat(broken.<Integer>getList(runs + "missed.messages"))
                .isNotEmpty()
                .containsOnly(0);
        assertThat(broken.<Integer>getList(runs + "twice.messages")).containsOnly(0);
    }

    @Test
    void a_story_can_be_seen_with_its_fault() {
        given().get("/demo/comparison/order-shipped?fault=caller-dies&remedy=outbox")
                .then()
                .statusCode(200)
                .body("fault", equalTo("caller-dies"))
                .body("remedy", equalTo("outbox"))
                .body("sameOutcome", equalTo(true))
                .body("apiDriven.verdict.late.customers", equalTo(List.of("cust-001")))
                .body("apiDriven.verdict.happened[0]", equalTo("OrderingCaller died after its commit"))
                .body("apiDriven.steps.findAll { it.kind == 'fault' }.action[0]", containsString("died"));
    }

    @Test
    void look_ups_pay_for_the_distance() {
        // When
        var near = given().get("/demo/comparison/price-drop-alert?latency=0").jsonPath();
        var far = given().get("/demo/comparison/price-drop-alert?latency=40").jsonPath();

        // Then
        assertThat(far.getInt("eventSourced.wire.roundTrips")).isEqualTo(1);
        assertThat(far.getInt("apiDriven.wire.roundTrips")).isEqualTo(7);
        assertThat(far.getInt("apiDriven.wire.roundTrips")).isEqualTo(near.getInt("apiDriven.wire.roundTrips"));
        assertThat(far.getInt("apiDriven.wire.bytesSent")).isGreaterThan(2 * far.getInt("eventSourced.wire.bytesSent"));
        assertThat(far.getLong("apiDriven.cost.micros"))
                .as("7 round trips of 40 ms, one after the other")
                .isGreaterThanOrEqualTo(7 * 40_000);
    }

    @Test
    void a_terminal_gets_a_table() {
        var answer = given().accept("text/plain").get("/demo/faults/order-shipped?fault=caller-dies");

        answer.then().statusCode(200).contentType("text/plain;charset=UTF-8");
        assertThat(answer.asString().lines())
                .allMatch(line -> line.length() <= 80, "80 characters at most")
                .contains("  2    none          2      -      -      -", "  2    outbox        -      -      -      2");
    }

    @ParameterizedTest
    @CsvSource({
        "fault=flood, ?fault, 'must be one of caller-dies'",
        "fault=caller-dies&remedy=again, ?remedy, 'must be one of none, retry, outbox against caller-dies'",
        "remedy=outbox, ?remedy, 'must be one of none where nothing breaks'",
        "latency=51, ?latency, 'must be from 0 to 50'"
    })
    void what_cannot_be_is_named(String query, String pointer, String detail) {
        given().get("/demo/comparison/order-shipped?" + query)
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo(pointer))
                .body("errors[0].detail", containsString(detail));
    }

    private static JsonPath broken(String story, String fault) {
        return BROKEN.computeIfAbsent(
                story + " " + fault,
                name -> given().get("/demo/faults/" + story + "?fault=" + fault)
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath());
    }
}
