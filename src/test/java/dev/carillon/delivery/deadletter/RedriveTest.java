package dev.carillon.delivery.deadletter;

import static dev.carillon.notification.TestPipeline.unique;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.carillon.notification.Commands;
import dev.carillon.notification.NotificationCommand;
import dev.carillon.notification.TestPipeline;
import dev.carillon.notification.tracking.Status;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.testing.SettableClock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Dead letters of customers, all with an answer of their own that selects them. */
@QuarkusTest
class RedriveTest {

    private static final String PATH = "/api/v1/dead-letters";
    private static final String TENANT = Caller.DEFAULT_TENANT;
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Inject
    TestPipeline pipeline;

    @Inject
    Pool pool;

    @Inject
    SettableClock clock;

    @Inject
    DeadLetters letters;

    private final String answer = unique("HTTP 503");

    @Test
    void what_is_rehearsed_comes_true() {
        // Given
        dead(customer(), null);
        dead(customer(), null);
        dead(customer(), clock.instant().minusSeconds(1));
        var suppressed = customer();
        dead(suppressed, null);
        given().contentType(ContentType.JSON)
                .body(Map.of("channel", "email", "address", suppressed + "@example.com"))
                .post("/api/v1/suppressions")
                .then()
                .statusCode(201);
        var gone = customer();
        dead(gone, null);
        pipeline.prefers(TENANT, gone, "email", false);
        var erased = dead(customer(), null);
        pool.preparedQuery("update delivery set recipient = null, body = null where id = $1")
                .executeAndAwait(Tuple.of(erased));

        // When
        var rehearsed = redrive(true);
        listed(6);
        var done = redrive(false);

        // Then
        assertThat(rehearsed.getString("action")).isEqualTo("rehearsed");
        assertThat(rehearsed.getString("redriveId")).isNull();
        assertThat(rehearsed.getInt("rehearsal.go")).isEqualTo(2);
        assertThat(rehearsed.getInt("rehearsal.erased")).isEqualTo(1);
        assertThat(rehearsed.getInt("rehearsal.circuitOpen")).isZero();
        assertThat(rehearsed.getInt("rehearsal.refused.ADDRESS_SUPPRESSED")).isEqualTo(1);
        Map<String, Integer> refused = rehearsed.getMap("rehearsal.refused");
        assertThat(refused.values().stream().mapToInt(count -> count).sum()).isEqualTo(2);
        assertThat(rehearsed.getInt("expired")).isEqualTo(1);
        assertThat(done.getInt("count")).isEqualTo(4).isEqualTo(rehearsed.getInt("count"));
        assertThat(done.getInt("expired")).isEqualTo(1);
        var became = outcome(done.getString("redriveId"));
        assertThat(became.getInt("sent")).isEqualTo(2);
        assertThat(became.getInt("notSent")).isEqualTo(2);
        assertThat(became.getInt("failedAgain")).isZero();
        assertThat(became.<String, Integer>getMap("reasons")).isEqualTo(refused);
        assertThat(became.getString("redrive.filter.detail")).isEqualTo(answer);
        assertThat(became.getString("redrive.by")).isEqualTo("open");
        listed(2);
    }

    @Test
    void what_waits_for_an_open_circuit_is_said_and_nothing_is_done() {
        // Given
        dead(customer(), null);
        circuit();
        try {

            // Then
            Awaitility.await()
                    .atMost(DEADLINE)
                    .until(() -> redrive(true).getInt("rehearsal.circuitOpen"), open -> open == 1);
            assertThat(redrive(true).getInt("rehearsal.go")).isEqualTo(1);
            listed(1);
        } finally {
            pool.query("delete from circuit").executeAndAwait();
            Awaitility.await()
                    .atMost(DEADLINE)
                    .until(() -> redrive(true).getInt("rehearsal.circuitOpen"), open -> open == 0);
        }
    }

    @Test
    void a_redrive_that_is_asked_for_again_is_answered_as_it_was_done() {
        // Given
        dead(customer(), null);
        var key = unique("key");

        // When
        var once = keyed(key);
        var again = keyed(key);

        // Then
        assertThat(once.getInt("count")).isEqualTo(1);
        assertThat(again.<Object>get()).isEqualTo(once.get());
    }

    @Test
    void redrives_are_listed_newest_first_to_their_tenant() {
        // Given
        dead(customer(), null);
        var id = redrive(false).getString("redriveId");

        // Then
        given().get(PATH + "/redrives")
                .then()
                .statusCode(200)
                .body("redrives.redriveId", hasItem(id))
                .body("redrives[0].count", notNullValue());
        assertThat(letters.redrives("other", null, 10).await().atMost(DEADLINE).redrives())
                .isEmpty();
        assertThat(letters.outcome("other", id).await().atMost(DEADLINE)).isEmpty();
        given().get(PATH + "/redrives/nonsense").then().statusCode(404);
    }

    private JsonPath outcome(String id) {
        return Awaitility.await()
                .atMost(DEADLINE)
                .until(
                        () -> given().get(PATH + "/redrives/" + id)
                                .then()
                                .statusCode(200)
                                .extract()
                                .jsonPath(),
                        found -> found.getInt("waiting") == 0);
    }

    private JsonPath redrive(boolean dryRun) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("detail", answer, "channel", "email", "dryRun", dryRun))
                .post(PATH + "/redrive")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private JsonPath keyed(String key) {
        return given().contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(Map.of("detail", answer))
                .post(PATH + "/redrive")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private void listed(int count) {
        given().queryParam("detail", answer)
                .get(PATH)
                .then()
                .statusCode(200)
                .body("deadLetters", hasSize(count), "next", nullValue());
    }

    private String customer() {
        var customer = unique("cust");
        pipeline.customer(TENANT, customer, customer + "@example.com", null);
        return customer;
    }

    /** Its message was sent, and counts as given up. */
    private String dead(String customer, @Nullable Instant expiresAt) {
        NotificationCommand command = Commands.on(Commands.orderShipped(TENANT, customer), "email");
        pipeline.submit(command);
        var delivery =
                pipeline.awaitStatus(command, Status.SENT).deliveries().get(0).id();
        pool.preparedQuery("""
                        insert into dead_letter (delivery_id, tenant, notification_id, channel, type, expires_at, customer_id, provider, failure, detail, attempts, dead_at)
                        values ($1, $2, $3, 'email', 'ORDER_SHIPPED', $4, $5, 'mock', 'PROVIDER_ERROR', $6, 12, $7)
                        """)
                .executeAndAwait(Tuple.tuple()
                        .addString(delivery)
                        .addString(TENANT)
                        .addString(command.trackingId())
                        .addValue(PgTimes.atOrNull(expiresAt))
                        .addString(customer)
                        .addString(answer)
                        .addValue(PgTimes.at(clock.instant())));
        return delivery;
    }

    private void circuit() {
        pool.preparedQuery(
                        "insert into circuit (channel, provider, routes, opened_at, open_until, trips) values ('email', 'mock', 1, $1, $2, 1)")
                .executeAndAwait(Tuple.of(
                        PgTimes.at(clock.instant()), PgTimes.at(clock.instant().plusSeconds(3600))));
    }
}
