package dev.carillon.delivery.circuit;

import static dev.carillon.notification.TestPipeline.unique;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.TestDeliveries;
import dev.carillon.delivery.circuit.Circuits.CircuitKey;
import dev.carillon.delivery.outbox.NewDelivery;
import dev.carillon.delivery.outbox.Outbox;
import dev.carillon.notification.RecordedNotifications;
import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.Status;
import dev.carillon.notification.tracking.Tracking;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** On channels of their own, which no dispatch loop serves. */
@QuarkusTest
class PgCircuitsTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Inject
    PgCircuits store;

    @Inject
    Transactions transactions;

    @Inject
    Pool pool;

    @Inject
    Outbox outbox;

    @Inject
    RecordedNotifications notifications;

    @Inject
    Tracking tracking;

    private final String channel = unique("channel");
    private final CircuitKey first = new CircuitKey(channel, "first", "");
    private final CircuitKey second = new CircuitKey(channel, "second", "");

    @Test
    void of_many_replicas_one_may_probe_and_not_before_the_pause_is_over() {
        // Given
        opened(first, NOON);

        // Then
        boolean early = done(tx -> store.takeProbe(tx, first, NOON.minusSeconds(1), NOON.plusSeconds(60)));
        assertThat(early).isFalse();
        var won = Uni.join()
                .all(IntStream.range(0, 16)
                        .mapToObj(i -> transactions.inTransaction(
                                tx -> store.takeProbe(tx, first, NOON, NOON.plusSeconds(60))))
                        .toList())
                .andFailFast()
                .await()
                .atMost(DEADLINE);
        assertThat(won.stream().filter(one -> one)).hasSize(1);
        boolean takenOver = done(tx -> store.takeProbe(tx, first, NOON.plusSeconds(60), NOON.plusSeconds(120)));
        assertThat(takenOver).as("its replica died").isTrue();
    }

    @Test
    void the_later_end_of_two_pauses_counts_and_a_closed_one_is_gone() {
        // Given
        opened(first, NOON.plusSeconds(30));

        // When
        opened(first, NOON);

        // Then
        assertThat(untils()).containsEntry(first, NOON.plusSeconds(30));

        // When
        done(tx -> store.closed(tx, first));

        // Then
        assertThat(untils()).doesNotContainKey(first);
    }

    @Test
    void other_replicas_are_told_of_what_opens_and_of_what_closes() {
        // Given
        var before = changes();

        // When
        opened(first, NOON);

        // Then
        var afterOpening = changes();
        assertThat(afterOpening).isGreaterThan(before);

        // When
        done(tx -> store.closed(tx, first));

        // Then
        assertThat(changes()).isGreaterThan(afterOpening);
    }

    @Test
    void what_waits_for_all_its_providers_says_so_and_only_then() {
        // Given
        var delivery = enqueued();
        opened(first, NOON);

        // Then
        assertThat(delivery(delivery).reason()).as("the second one may send").isNull();

        // When
        opened(second, NOON);

        // Then
        assertThat(delivery(delivery).reason()).isEqualTo("CIRCUIT_OPEN");
        assertThat(delivery(delivery).status()).isEqualTo(Status.QUEUED);
        assertThat(delivery(delivery).attempts()).isEmpty();
    }

    @Test
    void health_says_how_circuits_stand_and_is_up_all_the_same() {
        given().get("/healthz/ready").then().statusCode(200).body("checks.name", hasItem("circuits"));
    }

    private long changes() {
        return pool.query("select changes from change_feed where topic = 'circuits'")
                .execute()
                .await()
                .atMost(DEADLINE)
                .iterator()
                .next()
                .getLong(0);
    }

    private void opened(CircuitKey key, Instant until) {
        done(tx -> store.opened(tx, key, 2, until, 1, NOON));
    }

    private Map<CircuitKey, Instant> untils() {
        return done(tx -> store.open(tx)).stream()
                .collect(Collectors.toMap(PgCircuits.OpenCircuit::key, PgCircuits.OpenCircuit::until));
    }

    private <T> T done(Function<Tx, Uni<T>> work) {
        return transactions.inTransaction(work).await().atMost(DEADLINE);
    }

    private Delivery enqueued() {
        var delivery = TestDeliveries.of(channel, channel);
        transactions
                .inTransaction(tx -> notifications
                        .record(tx, delivery, "cust-001", NOON)
                        .chain(() -> outbox.enqueue(tx, List.of(NewDelivery.of(delivery)))))
                .await()
                .atMost(DEADLINE);
        return delivery;
    }

    private NotificationView.DeliveryView delivery(Delivery delivery) {
        return tracking.find(channel, delivery.notificationId())
                .await()
                .atMost(DEADLINE)
                .orElseThrow()
                .deliveries()
                .get(0);
    }
}
