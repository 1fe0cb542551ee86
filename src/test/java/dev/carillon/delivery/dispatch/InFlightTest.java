package dev.carillon.delivery.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.TestDeliveries;
import dev.carillon.delivery.circuit.TestCircuits;
import dev.carillon.delivery.outbox.DestinationKey;
import dev.carillon.testing.SettableClock;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A channel whose destinations are its addresses. */
class InFlightTest {

    private static final int PLACES = 100;

    private final SettableClock clock = new SettableClock();
    private final ProviderSelection selection =
            new ProviderSelection(new TestCircuits().replica(clock, Map.of()), ProviderLimitsTest.none(), clock);
    private final Channel channel = new Endpoints();
    private final InFlight inFlight = new InFlight(channel, selection, 10);
    private final List<LeasedDelivery> onTheirWay = new ArrayList<>();

    @Test
    void a_destination_has_so_many_on_their_way_and_more_when_they_have_ended() {
        // When
        assertThat(started("brand-a", "slow", 30)).isEqualTo(10);

        // Then
        assertThat(started("brand-a", "slow", 30)).isZero();
        assertThat(started("brand-a", "other", 5)).isEqualTo(5);
        assertThat(started("brand-b", "slow", 5)).as("a host two tenants share").isEqualTo(5);

        // When
        inFlight.ended(onTheirWay.remove(0));

        // Then
        assertThat(started("brand-a", "slow", 30)).isEqualTo(1);
    }

    @Test
    void a_tenant_with_any_number_of_slow_destinations_leaves_places_for_others_and_so_do_two() {
        // When
        var first = IntStream.range(0, 50)
                .map(i -> started("brand-a", "slow-" + i, 10))
                .sum();
        var second = IntStream.range(0, 50)
                .map(i -> started("brand-b", "slow-" + i, 10))
                .sum();
        var third = IntStream.range(0, 50)
                .map(i -> started("brand-c", "slow-" + i, 10))
                .sum();

        // Then
        assertThat(first).isEqualTo(80);
        assertThat(second).isEqualTo(16);
        assertThat(third).isPositive();
    }

    @Test
    void places_that_were_not_needed_are_there_for_the_next_destination_of_the_same_claim() {
        // Given
        var claim = inFlight.admission(PLACES);
        IntStream.range(0, 10).forEach(i -> claim.admit(new DestinationKey("brand-a", "slow")));

        // When
        claim.giveBack(new DestinationKey("brand-a", "slow"), 4);

        // Then
        assertThat(IntStream.range(0, 10)
                        .filter(i -> claim.admit(new DestinationKey("brand-a", "slow")))
                        .count())
                .isEqualTo(4);
        assertThat(IntStream.range(0, 200)
                        .filter(i -> claim.admit(new DestinationKey("brand-a", "other-" + i / 10)))
                        .count())
                .isEqualTo(70);
    }

    @Test
    void a_single_place_can_be_had() {
        assertThat(inFlight.admission(1).admit(new DestinationKey("brand-a", "one")))
                .isTrue();
    }

    @Test
    void for_one_that_is_left_alone_nothing_starts_until_it_is_probed_and_then_one() {
        try (var stopped = clock.stop()) {
            // Given
            failed("brand-a", "dead", 20);

            // Then
            assertThat(inFlight.admission(PLACES).isCircuitOpen(new DestinationKey("brand-a", "dead")))
                    .isTrue();
            assertThat(started("brand-a", "dead", 5)).isZero();
            assertThat(started("brand-a", "alive", 5)).isEqualTo(5);
            assertThat(started("brand-b", "dead", 5)).isEqualTo(5);
        }
    }

    private int started(String tenant, String address, int wanted) {
        var turn = inFlight.admission(PLACES - onTheirWay.size());
        var admitted = IntStream.range(0, wanted)
                .filter(i -> turn.admit(new DestinationKey(tenant, address)))
                .mapToObj(i -> leased(tenant, address))
                .toList();
        admitted.forEach(inFlight::started);
        onTheirWay.addAll(admitted);
        return admitted.size();
    }

    private void failed(String tenant, String address, int times) {
        for (int i = 0; i < times; i++) {
            selection.ended(
                    channel,
                    channel.routes().get(0),
                    leased(tenant, address),
                    new RetryLater(FailureKind.PROVIDER_ERROR, "HTTP 500", null));
        }
    }

    private static LeasedDelivery leased(String tenant, String address) {
        return TestDeliveries.leased(
                new Delivery(
                        TestDeliveries.id(),
                        tenant,
                        TestDeliveries.id(),
                        "endpoints",
                        address,
                        null,
                        "Text",
                        null,
                        1,
                        null,
                        null,
                        null),
                1,
                Instant.EPOCH);
    }

    private static final class Endpoints implements Channel {

        @Override
        public String name() {
            return "endpoints";
        }

        @Override
        public String provider() {
            return "http";
        }

        @Override
        public boolean hasDestinations() {
            return true;
        }

        @Override
        public String destination(Delivery delivery) {
            return delivery.recipient();
        }

        @Override
        public Uni<DeliveryOutcome> send(LeasedDelivery delivery) {
            return Uni.createFrom().item(new Sent("msg"));
        }
    }
}
