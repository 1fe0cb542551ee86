package dev.carillon.notification.statistics;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;

import dev.carillon.delivery.DeliveryListener.Moved;
import dev.carillon.eventsourced.reaction.OwnDatabase;
import dev.carillon.notification.Commands;
import dev.carillon.notification.NotificationCommand;
import dev.carillon.notification.TestPipeline;
import dev.carillon.notification.statistics.Statistics.InMinute;
import dev.carillon.notification.tracking.Status;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.testing.SettableClock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(OwnDatabase.class)
class StatisticsTest {

    private static final String TENANT = "default";

    @Inject
    TestPipeline pipeline;

    @Inject
    Statistics statistics;

    @Inject
    Counting counting;

    @Inject
    Transactions transactions;

    @Inject
    Pool pool;

    @Inject
    SettableClock clock;

    @Test
    void what_became_of_notifications_is_counted_once_by_hour_type_channel_provider_and_reason() {
        // Given
        var customer = TestPipeline.unique("cust");
        pipeline.customer(TENANT, customer, customer + "@example.com", "+12025550101");
        var from = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        pool.query("delete from statistic").executeAndAwait();
        pool.query("delete from tally").executeAndAwait();
        for (int i = 0; i < 3; i++) {
            var command = on(Commands.orderShipped(TENANT, customer));
            pipeline.submit(command);
            var sent = pipeline.awaitStatus(command, Status.SENT);
            if (i == 0) {
                var moved = new Moved(
                        sent.deliveries().get(0).id(), TENANT, "email", command.type(), "delivered", "mock", null);
                transactions
                        .inTransaction(tx -> counting.reported(tx, List.of(moved)))
                        .await()
                        .indefinitely();
            }
        }
        pipeline.submit(on(Commands.priceDrop(TENANT, customer)));

        // When
        var atOnce = rows(from, "").getMap("rows[0].counts");
        statistics.gather().await().indefinitely();
        statistics.gather().await().indefinitely();

        // Then
        assertThat(pool.query("select count(*) from tally")
                        .executeAndAwait()
                        .iterator()
                        .next()
                        .getLong(0))
                .isZero();
        assertThat(rows(from, "").getMap("rows[0].counts"))
                .isEqualTo(Map.of("accepted", 3, "suppressed", 1, "sent", 3, "delivered", 1))
                .isEqualTo(atOnce);
        assertThat(rows(from, "by=type").<Object>getList("rows.type"))
                .isEqualTo(List.of("ORDER_SHIPPED", "PRICE_DROP_ALERT"));
        assertThat(rows(from, "by=provider").<Object>getList("rows.provider")).isEqualTo(List.of("", "mock"));
        assertThat(rows(from, "by=reason").getMap("rows.find { it.reason == 'CATEGORY_OFF' }.counts"))
                .isEqualTo(Map.of("suppressed", 1));
        var email = rows(from, "by=channel,type");
        assertThat(email.getMap("rows.find { it.channel == 'email' }.counts"))
                .isEqualTo(Map.of("sent", 3, "delivered", 1));
        assertThat(email.getFloat("rows.find { it.channel == 'email' }.rates.delivered"))
                .isEqualTo(0.3333f);
        assertThat(email.getFloat("rows.find { it.channel == 'email' }.rates.sent"))
                .isEqualTo(1f);
        assertThat(email.getString("countedUntil")).isNotBlank();
    }

    @Test
    void what_is_counted_by_the_minute_is_the_same_once_it_is_gathered_and_forgotten_after_an_hour() {
        // Given
        var minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        var moved = List.of(
                new Moved("1", TENANT, "sms", "ORDER_SHIPPED", "sent", "by-the-minute", null),
                new Moved("2", TENANT, "sms", "ORDER_COMPLETE", "sent", "by-the-minute", null));
        transactions.inTransaction(tx -> counting.reported(tx, moved)).await().indefinitely();

        // When
        var atOnce = inMinutes(minute);
        statistics.gather().await().indefinitely();
        var gathered = inMinutes(minute);

        // Then
        assertThat(atOnce).extracting(InMinute::status).containsOnly("sent");
        assertThat(atOnce.stream().mapToLong(InMinute::count).sum()).isEqualTo(2);
        assertThat(gathered).isEqualTo(atOnce);
        try (var later = clock.ahead(Duration.ofMinutes(62))) {
            statistics.gather().await().indefinitely();
            assertThat(inMinutes(minute)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "from=yesterday,/from",
        "bucket=week,/bucket",
        "by=customer,/by",
        "from=2025-01-01T00:00:00Z&to=2025-02-02T00:00:00Z,/from",
        "from=2025-01-02T00:00:00Z&to=2025-01-01T00:00:00Z,/from"
    })
    void what_is_not_understood_is_named(String query, String pointer) {
        given().get("/api/v1/statistics?" + query).then().statusCode(422).body("errors.pointer", contains(pointer));
    }

    private List<InMinute> inMinutes(Instant from) {
        return transactions.inTransaction(tx -> statistics.rates(tx, TENANT, from)).await().indefinitely().stream()
                .filter(one -> one.provider().equals("by-the-minute"))
                .toList();
    }

    private static NotificationCommand on(NotificationCommand command) {
        return Commands.on(command, "email");
    }

    private JsonPath rows(Instant from, String query) {
        return given().get("/api/v1/statistics?from=" + from.minus(Duration.ofHours(1)) + "&to="
                        + from.plus(Duration.ofHours(3)) + "&bucket=day&" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
