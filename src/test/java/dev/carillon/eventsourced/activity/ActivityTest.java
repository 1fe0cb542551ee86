package dev.carillon.eventsourced.activity;

import static dev.carillon.testing.PostedEvent.orderStatus;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import dev.carillon.testing.Plans;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happened last, what happens now, and how the tables are read for it. */
@QuarkusTest
class ActivityTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final List<String> FILL = List.of(
            """
            insert into standalone_decision (id, decided_at, tenant, door, event_id, event_position, rule_id, customer_id, verdict, reason, gates, judged_at)
            select lpad(n::text, 26, '0'), date_trunc('week', now()) + n * interval '1 millisecond', 'plans', 'event-sourced',
                   'event-' || n, n, 'rule', 'customer-' || n, 'ignore', 'NOT_ELIGIBLE', '[]', now()
            from generate_series(1, 40000) n
            """,
            """
            insert into attempt (delivery_id, number, ended_at, tenant, provider, outcome, started_at)
            select lpad(n::text, 26, '0'), 1, date_trunc('week', now()) + n * interval '1 millisecond', 'plans', 'mock', 'sent', now()
            from generate_series(1, 40000) n
            """,
            """
            insert into event (position, recorded_at, tenant, id, source, type, occurred_at, address, data, extensions)
            select 1000000000 + n, date_trunc('week', now()) + n * interval '1 millisecond', 'plans', 'event-' || n, '/plans', 'plans', now(), 'bss.other', '{}', '{}'
            from generate_series(1, 40000) n
            """,
            """
            insert into notification (id, created_at, tenant, type, category, customer_id, door, context)
            select lpad(n::text, 26, '0'), date_trunc('week', now()) + n * interval '1 millisecond', 'plans', 'PLANS', 'plans', 'customer-' || n, 'api-driven', '{}'
            from generate_series(1, 40000) n
            """,
            "analyze standalone_decision",
            "analyze attempt",
            "analyze event",
            "analyze notification");

    @Inject
    Ids ids;

    @Inject
    Transactions transactions;

    @TestHTTPResource("/api/v1/activity/stream")
    URI stream;

    @Test
    void the_last_items_are_an_event_its_decision_and_the_delivery() {
        // Given
        var id = ids.next();

        // When
        orderStatus("ord-" + id, "cust-001", "SHIPPED").id(id).publish();

        // Then
        await().atMost(DEADLINE).untilAsserted(() -> {
            var items = given().queryParam("limit", 200)
                    .get("/api/v1/activity")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            assertThat(items.getString("items.find { it.event?.id == '" + id + "' }.event.subject"))
                    .isEqualTo("cust-001");
            var decision = "items.find { it.decision?.eventId == '" + id + "' && it.decision.verdict == 'notify' }";
            assertThat(items.getString(decision + ".decision.notificationType")).isEqualTo("ORDER_SHIPPED");
            var notification = items.getString(decision + ".decision.notificationId");
            assertThat(items.getString(
                            "items.find { it.delivery?.notificationId == '" + notification + "' }.delivery.outcome"))
                    .isEqualTo("sent");
        });
    }

    @Test
    void a_no_is_streamed_with_its_sentence() throws Exception {
        // Given
        var id = ids.next();
        var answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(stream).build(), HttpResponse.BodyHandlers.ofInputStream());
        try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));

            // When
            orderStatus("ord-" + id, "cust-001", "PACKED").id(id).publish();

            // Then
            String line;
            do {
                line = lines.readLine();
            } while (line != null && !(line.startsWith("data:") && line.contains("\"eventId\":\"" + id + "\"")));
            assertThat(line)
                    .contains("\"kind\":\"decision\"")
                    .contains("\"reason\":\"CONDITION_FALSE\"")
                    .contains("\"sentence\":\"What happened did not meet");
        }
    }

    @Test
    void what_is_no_place_in_the_stream_is_refused() {
        given().header("Last-Event-ID", "somewhere")
                .get("/api/v1/activity/stream")
                .then()
                .statusCode(422);
        given().queryParam("limit", 1_000).get("/api/v1/activity").then().statusCode(422);
    }

    @Test
    void the_last_seconds_are_read_without_the_rest() {
        // When
        var plans = Plans.of(
                transactions,
                "analyze, costs off, timing off, summary off",
                (explained, tx) -> Plans.run(tx, FILL).chain(() -> explained(tx, explained)));

        // Then
        assertThat(plans).hasSize(6);
        assertThat(plans)
                .allSatisfy(plan -> assertThat(plan)
                        .doesNotContainPattern("Seq Scan on [a-z_0-9]+[^\\n]*\\(actual rows=[1-9]")
                        .doesNotContainPattern("rows=[0-9]{5,}"));
    }

    private static Uni<Void> explained(Tx tx, Plans plans) {
        var since = OffsetDateTime.now(ZoneOffset.UTC)
                .toLocalDate()
                .with(DayOfWeek.MONDAY)
                .atStartOfDay()
                .atOffset(ZoneOffset.UTC)
                .plusSeconds(35);
        var tenants = new String[] {"plans", "nobody"};
        var parameters =
                Tuple.tuple().addArrayOfString(tenants).addOffsetDateTime(since).addInteger(200);
        var withId = Tuple.tuple()
                .addArrayOfString(tenants)
                .addOffsetDateTime(since)
                .addInteger(200)
                .addString("0".repeat(21) + "35000");
        return plans.explain(tx, PgActivity.EVENTS_SINCE, parameters)
                .chain(() -> plans.explain(tx, PgActivity.NOTIFICATIONS_SINCE, withId))
                .chain(() -> plans.explain(tx, PgActivity.DECISIONS_SINCE, parameters))
                .chain(() -> plans.explain(tx, PgActivity.ATTEMPTS_SINCE, parameters))
                .chain(() -> plans.explain(
                        tx,
                        PgActivity.LAST_DECISIONS,
                        Tuple.tuple().addString("plans").addInteger(200)))
                .chain(() -> plans.explain(
                        tx,
                        PgActivity.LAST_ATTEMPTS,
                        Tuple.tuple().addString("plans").addInteger(200)));
    }
}
