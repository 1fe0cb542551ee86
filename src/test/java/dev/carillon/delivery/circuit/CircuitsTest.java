package dev.carillon.delivery.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.Fault;
import dev.carillon.delivery.DeliveryOutcome.NotTried;
import dev.carillon.delivery.DeliveryOutcome.Refused;
import dev.carillon.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.Route;
import dev.carillon.testing.SettableClock;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two replicas with one database. */
class CircuitsTest {

    private static final DeliveryOutcome FAILED = new RetryLater(FailureKind.PROVIDER_ERROR, "HTTP 500", null);
    private static final String PROBE = "probe";
    private static final DeliveryOutcome SENT = new Sent("msg");
    private static final Channel FAX = new Channel() {
        @Override
        public String name() {
            return "fax";
        }

        @Override
        public String provider() {
            return "acme";
        }

        @Override
        public Uni<DeliveryOutcome> send(LeasedDelivery delivery) {
            return Uni.createFrom().item(SENT);
        }
    };
    private static final Route ACME = FAX.routes().get(0);

    private final SettableClock clock = new SettableClock();
    private final TestCircuits database = new TestCircuits();
    private final Circuits here = database.replica(clock, Map.of());
    private final Circuits there = database.replica(clock, Map.of());

    @Test
    void what_one_replica_has_found_out_all_heed() {
        try (var stopped = clock.stop()) {
            // Given
            assertThat(there.admits(FAX, ACME, null, 500)).isEqualTo(500);

            // When
            fail(here, 20);
            look();

            // Then
            assertThat(here.admits(FAX, ACME, null, 500)).isZero();
            assertThat(there.admits(FAX, ACME, null, 500)).isZero();
            assertThat(there.states()).containsExactly(Map.entry("fax/acme", "open"));
        }
    }

    @Test
    void one_replica_probes_and_when_it_works_all_go_on() {
        try (var stopped = clock.stop()) {
            // Given
            there.admits(FAX, ACME, null, 500);
            fail(here, 20);
            look();

            // When
            clock.advance(Duration.ofSeconds(15));
            look();

            // Then
            assertThat(here.admits(FAX, ACME, null, 500) + there.admits(FAX, ACME, null, 500))
                    .as("one delivery in all")
                    .isEqualTo(1);
            assertThat(here.pass(FAX, ACME, null, PROBE)).isTrue();

            // When
            here.ended(FAX, ACME, null, PROBE, SENT);
            look();

            // Then
            assertThat(here.states()).containsEntry("fax/acme", "closed");
            assertThat(there.admits(FAX, ACME, null, 500)).isEqualTo(500);
        }
    }

    @Test
    void a_probe_whose_replica_died_is_taken_over() {
        try (var stopped = clock.stop()) {
            // Given
            there.admits(FAX, ACME, null, 500);
            fail(here, 20);
            look();
            clock.advance(Duration.ofSeconds(15));
            here.heard(database.changes()).await().indefinitely();

            // When
            clock.advance(Duration.ofSeconds(61));
            there.heard(database.changes()).await().indefinitely();

            // Then
            assertThat(there.admits(FAX, ACME, null, 500)).isEqualTo(1);
        }
    }

    @Test
    void what_a_provider_refuses_or_asks_to_wait_for_says_nothing_about_it_and_a_timeout_does() {
        // When
        for (int i = 0; i < 100; i++) {
            here.ended(FAX, ACME, null, "delivery-" + i, new Refused(FailureKind.REJECTED, "HTTP 400"));
            here.ended(FAX, ACME, null, "delivery-" + i, new NotTried("no connection is free"));
            here.ended(
                    FAX,
                    ACME,
                    null,
                    "delivery-" + i,
                    new RetryLater(FailureKind.RATE_LIMITED, "HTTP 429", Duration.ofSeconds(9)));
            here.ended(
                    FAX,
                    ACME,
                    null,
                    "delivery-" + i,
                    new RetryLater(FailureKind.PROVIDER_ERROR, "HTTP 409", null, Fault.MESSAGE));
        }

        // Then
        assertThat(here.admits(FAX, ACME, null, 500)).isEqualTo(500);

        // When
        for (int i = 0; i < 20; i++) {
            here.ended(
                    FAX,
                    ACME,
                    null,
                    "delivery-" + i,
                    new RetryLater(FailureKind.OUTCOME_UNKNOWN, "timeout after sending", null));
        }

        // Then
        assertThat(here.admits(FAX, ACME, null, 500)).isZero();
    }

    @Test
    void a_destination_has_a_circuit_of_its_own_in_every_replica() {
        try (var stopped = clock.stop()) {
            // Given
            assertThat(there.admits(FAX, ACME, null, 500)).isEqualTo(500);

            // When
            fail(here, "brand-a/dead.example", 20);
            look();

            // Then
            for (var replica : List.of(here, there)) {
                assertThat(replica.admits(FAX, ACME, "brand-a/dead.example", 500))
                        .isZero();
                assertThat(replica.admits(FAX, ACME, "brand-b/dead.example", 500))
                        .isEqualTo(500);
                assertThat(replica.admits(FAX, ACME, "brand-a/other.example", 500))
                        .isEqualTo(500);
                assertThat(replica.admits(FAX, ACME, null, 500)).isEqualTo(500);
            }
            assertThat(there.states()).containsExactly(Map.entry("fax/acme", "open for 1 destination"));

            // When
            clock.advance(Duration.ofSeconds(15));
            look();

            // Then
            assertThat(here.admits(FAX, ACME, "brand-a/dead.example", 500)
                            + there.admits(FAX, ACME, "brand-a/dead.example", 500))
                    .as("one probe")
                    .isEqualTo(1);
            assertThat(here.pass(FAX, ACME, "brand-a/dead.example", PROBE)).isTrue();

            // When
            here.ended(FAX, ACME, "brand-a/dead.example", PROBE, new Refused(FailureKind.REJECTED, "HTTP 404"));
            look();

            // Then
            assertThat(there.admits(FAX, ACME, "brand-a/dead.example", 500))
                    .as("who refuses has answered")
                    .isEqualTo(500);
        }
    }

    @Test
    void a_probe_that_fails_for_its_own_sake_is_followed_by_another_at_once() {
        try (var stopped = clock.stop()) {
            // Given
            assertThat(here.admits(FAX, ACME, null, 500)).isEqualTo(500);
            fail(here, null, 20);
            clock.advance(Duration.ofSeconds(15));
            here.heard(database.changes()).await().indefinitely();
            assertThat(here.pass(FAX, ACME, null, PROBE)).isTrue();
            assertThat(here.probes(FAX)).as("one is on its way").isFalse();

            // When
            here.ended(
                    FAX,
                    ACME,
                    null,
                    PROBE,
                    new RetryLater(FailureKind.RATE_LIMITED, "SMTP 451 4.7.1", Duration.ofMinutes(5)));

            // Then
            assertThat(here.probes(FAX)).isTrue();
            assertThat(here.admits(FAX, ACME, null, 500)).isEqualTo(1);
        }
    }

    @Test
    void of_destinations_no_more_is_remembered_than_there_is_trouble_and_not_without_end() {
        try (var stopped = clock.stop()) {
            // When
            for (int i = 0; i < 20_000; i++) {
                here.ended(FAX, ACME, "brand-a/host-" + i, "delivery-" + i, FAILED);
                here.ended(FAX, ACME, "brand-b/host-" + i, "delivery-" + i, SENT);
            }

            // Then
            assertThat(here.remembered()).isLessThanOrEqualTo(10_000);

            // When
            clock.advance(Duration.ofMinutes(1));
            look();

            // Then
            assertThat(here.remembered()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void a_destination_nothing_is_sent_to_any_more_is_forgotten() {
        try (var stopped = clock.stop()) {
            // Given
            fail(here, "brand-a/gone.example", 20);
            look();

            // When
            clock.advance(Duration.ofHours(2));
            look();

            // Then
            assertThat(there.admits(FAX, ACME, "brand-a/gone.example", 500)).isEqualTo(500);
        }
    }

    @Test
    void nothing_opens_where_it_is_switched_off() {
        // Given
        var off = TestCircuits.off();

        // When
        fail(off, 100);

        // Then
        assertThat(off.admits(FAX, ACME, null, 500)).isEqualTo(500);
        assertThat(off.pass(FAX, ACME, null, PROBE)).isTrue();
    }

    private static void fail(Circuits circuits, int times) {
        fail(circuits, null, times);
    }

    private static void fail(Circuits circuits, @Nullable String destination, int times) {
        for (int i = 0; i < times; i++) {
            circuits.ended(FAX, ACME, destination, "delivery-" + i, FAILED);
        }
    }

    private void look() {
        here.heard(database.changes()).await().indefinitely();
        there.heard(database.changes()).await().indefinitely();
    }
}
