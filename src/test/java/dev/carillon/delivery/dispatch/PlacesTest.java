package dev.carillon.delivery.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.TestDeliveries;
import dev.carillon.delivery.outbox.Lanes;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private static final int ANY = Integer.MAX_VALUE;

    private final Places places = new Places(10);

    @Test
    void a_tenth_is_kept_for_what_is_urgent_and_three_tenths_for_what_is_not_bulk() {
        // Then
        assertThat(places.take(some(10, 2), ANY, 0)).hasSize(7);
        assertThat(places.take(some(10, 1), ANY, 0)).hasSize(2);
        assertThat(places.take(some(10, 0), ANY, 0)).hasSize(1);
        assertThat(places.taken()).isEqualTo(10);
    }

    @Test
    void what_a_claim_has_reserved_is_nobody_elses() {
        // When
        assertThat(places.reserve(2)).isEqualTo(8);

        // Then
        assertThat(places.take(some(10, 1), ANY, 0))
                .as("of nine for bulk seven are reserved")
                .hasSize(2);
        assertThat(places.take(some(10, 0), ANY, 0)).isEmpty();

        // When
        places.claimed(some(3, 1));

        // Then
        assertThat(places.take(some(10, 0), ANY, 0)).hasSize(5);
        assertThat(places.free(0)).isZero();
    }

    @Test
    void a_claim_keeps_no_more_of_its_places_than_it_may_use() {
        // Given
        places.reserve(0);

        // When
        var lanes = places.keep(4, new LaneTurns(), Lanes.FROM_THE_FIRST);

        // Then
        assertThat(lanes).extracting(Lanes::places, Lanes::bulk, Lanes::low).containsExactly(4, 4, 4);
        assertThat(places.take(some(10, 1), ANY, 0)).hasSize(5);
    }

    @Test
    void so_many_are_left_to_a_claim_that_is_about_to_come() {
        assertThat(places.take(some(10, 1), ANY, 3)).hasSize(6);
        assertThat(places.reserve(0)).isEqualTo(4);
    }

    @Test
    void no_more_are_taken_than_may_start() {
        assertThat(places.take(some(10, 1), 4, 0)).hasSize(4);
    }

    @Test
    void what_has_ended_leaves_its_place_to_the_next_one() {
        // Given
        var first = places.take(some(9, 1), ANY, 0);
        assertThat(places.take(some(1, 1), ANY, 0)).isEmpty();

        // When
        places.free(first.get(0));

        // Then
        assertThat(places.take(some(2, 1), ANY, 0)).hasSize(1);
    }

    @Test
    void where_there_is_not_a_place_for_each_tenants_take_turns_and_urgent_ones_come_first() {
        // Given
        var many = IntStream.range(0, 20).mapToObj(n -> TestDeliveries.of("many", "test"));
        var few = IntStream.range(0, 3).mapToObj(n -> TestDeliveries.of("few", "test"));
        var urgent = Stream.of(TestDeliveries.of("many", "test", 0, null));

        // When
        var took = places.take(Stream.of(many, few, urgent).flatMap(one -> one).toList(), ANY, 0);

        // Then
        assertThat(took).hasSize(10);
        assertThat(took.get(0).priority()).isZero();
        assertThat(took.stream().filter(one -> one.tenant().equals("few"))).hasSize(3);
    }

    @Test
    void long_texts_are_bounded_together() {
        // Given
        var text = "x".repeat(1 << 20);

        // When
        var took = places.take(
                IntStream.range(0, 5)
                        .mapToObj(n -> TestDeliveries.to("test", "someone@example.com", text, null))
                        .toList(),
                ANY,
                0);

        // Then
        assertThat(took).hasSize(2);
        assertThat(places.free(0)).isZero();
    }

    private static List<Delivery> some(int count, int priority) {
        return IntStream.range(0, count)
                .mapToObj(n -> TestDeliveries.delivery("test", priority))
                .toList();
    }
}
