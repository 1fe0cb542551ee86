package dev.carillon.delivery.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.delivery.circuit.Circuit.CircuitChange;
import dev.carillon.delivery.circuit.Circuit.Sign;
import dev.carillon.delivery.circuit.Circuit.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CircuitTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private int deliveries;
    private final Circuit circuit = new Circuit(TestCircuits.settings(Map.of(
            "carillon.circuit.at-least",
            "10",
            "carillon.circuit.window",
            "PT10S",
            "carillon.circuit.pause",
            "PT15S",
            "carillon.circuit.longest-pause",
            "PT40S")));

    @Test
    void stays_closed_while_fewer_than_the_share_fail() {
        // When
        for (int i = 0; i < 50; i++) {
            ended(Sign.WORKS, 1, NOON);
            ended(Sign.WORKS, 1, NOON);
            ended(Sign.FAILS, 1, NOON);
        }

        // Then
        assertThat(circuit.state(NOON)).isEqualTo(State.CLOSED);
        assertThat(circuit.admits(500, NOON)).isEqualTo(500);
    }

    @Test
    void stays_closed_while_too_few_have_tried_although_all_failed() {
        // When
        var change = ended(Sign.FAILS, 9, NOON);

        // Then
        assertThat(change).isInstanceOf(CircuitChange.Unchanged.class);
        assertThat(circuit.state(NOON)).isEqualTo(State.CLOSED);
    }

    @Test
    void opens_on_the_share_and_lets_nothing_start_for_the_pause() {
        // Given
        ended(Sign.WORKS, 5, NOON);

        // When
        var change = ended(Sign.FAILS, 5, NOON);

        // Then
        assertThat(change).isEqualTo(new CircuitChange.Opened(NOON.plusSeconds(15), 1, 5, 10));
        assertThat(circuit.admits(500, NOON.plusSeconds(14))).isZero();
        assertThat(circuit.pass("late", NOON.plusSeconds(14))).isFalse();
    }

    @Test
    void what_was_refused_or_throttled_does_not_count() {
        // When
        ended(Sign.NOTHING, 100, NOON);
        var change = ended(Sign.FAILS, 9, NOON);

        // Then
        assertThat(change).isInstanceOf(CircuitChange.Unchanged.class);
    }

    @Test
    void what_failed_before_the_window_is_forgotten() {
        // Given
        ended(Sign.FAILS, 9, NOON);

        // Then
        assertThat(ended(Sign.FAILS, 9, NOON.plusSeconds(11))).isInstanceOf(CircuitChange.Unchanged.class);
        assertThat(ended(Sign.FAILS, 1, NOON.plusSeconds(16)))
                .as("the half before counts")
                .isInstanceOf(CircuitChange.Opened.class);
    }

    @Test
    void one_delivery_finds_out_and_a_success_closes_it() {
        // Given
        var later = opened();
        assertThat(circuit.admits(500, later)).as("nobody has the right yet").isZero();
        circuit.probeIsOurs(later.plusSeconds(60));

        // Then
        assertThat(circuit.admits(500, later)).isEqualTo(1);
        assertThat(circuit.pass("probe", later)).isTrue();
        assertThat(circuit.pass("another", later)).as("a second one").isFalse();
        assertThat(circuit.admits(500, later)).isZero();
        assertThat(circuit.ended(Sign.WORKS, "probe", later)).isInstanceOf(CircuitChange.Closed.class);
        assertThat(circuit.admits(500, later)).isEqualTo(500);
    }

    @Test
    void a_probe_that_fails_opens_it_twice_as_long_up_to_the_longest() {
        // Given
        var now = opened();

        for (int pause : new int[] {30, 40, 40}) {
            // When
            circuit.probeIsOurs(now.plusSeconds(60));
            circuit.pass("fresh-" + pause + now, now);
            var change = circuit.ended(Sign.FAILS, "fresh-" + pause + now, now);

            // Then
            assertThat(((CircuitChange.Opened) change).until()).isEqualTo(now.plusSeconds(pause));
            now = now.plusSeconds(pause);
        }
    }

    @Test
    void a_probe_that_says_nothing_leaves_the_right_to_the_next_one() {
        // Given
        var now = opened();
        circuit.probeIsOurs(now.plusSeconds(60));
        circuit.pass("probe", now);

        // When
        var change = circuit.ended(Sign.NOTHING, "probe", now);

        // Then
        assertThat(change).isInstanceOf(CircuitChange.Unchanged.class);
        assertThat(circuit.admits(500, now)).isEqualTo(1);
    }

    @Test
    void what_was_on_its_way_when_it_opened_neither_closes_nor_prolongs_it() {
        // Given
        ended(Sign.FAILS, 10, NOON);

        // When
        ended(Sign.WORKS, 5, NOON.plusSeconds(1));
        ended(Sign.FAILS, 20, NOON.plusSeconds(1));

        // Then
        assertThat(circuit.state(NOON.plusSeconds(14))).isEqualTo(State.OPEN);
        assertThat(circuit.state(NOON.plusSeconds(15))).isEqualTo(State.HALF_OPEN);
    }

    @Test
    void a_delivery_that_fails_again_and_again_counts_once() {
        // When
        for (int i = 0; i < 100; i++) {
            for (int poison = 0; poison < 5; poison++) {
                circuit.ended(Sign.FAILS, "poison-" + poison, NOON);
            }
        }

        // Then
        assertThat(circuit.state(NOON)).isEqualTo(State.CLOSED);
        assertThat(ended(Sign.FAILS, 5, NOON)).as("five others do").isInstanceOf(CircuitChange.Opened.class);
    }

    @Test
    void once_in_both_halves_of_the_window() {
        // When
        for (int poison = 0; poison < 9; poison++) {
            circuit.ended(Sign.FAILS, "poison-" + poison, NOON);
            circuit.ended(Sign.FAILS, "poison-" + poison, NOON.plusSeconds(6));
        }

        // Then
        assertThat(circuit.state(NOON.plusSeconds(6))).isEqualTo(State.CLOSED);
    }

    @Test
    void what_fails_again_opens_nothing_while_others_are_sent() {
        // Given
        var now = NOON;
        for (int poison = 0; poison < 40; poison++) {
            circuit.ended(Sign.FAILS, "poison-" + poison, now);
        }
        now = now.plusSeconds(15);
        circuit.probeIsOurs(now.plusSeconds(60));
        circuit.pass("healthy", now);
        circuit.ended(Sign.WORKS, "healthy", now);

        // When
        for (int round = 0; round < 20; round++) {
            now = now.plusSeconds(4);
            ended(Sign.WORKS, 1, now);
            for (int poison = 0; poison < 40; poison++) {
                circuit.ended(Sign.FAILS, "poison-" + poison, now);
            }

            // Then
            assertThat(circuit.state(now)).isEqualTo(State.CLOSED);
        }
    }

    @Test
    void where_nothing_is_sent_what_fails_again_is_evidence_enough() {
        // Given
        for (int old = 0; old < 9; old++) {
            circuit.ended(Sign.FAILS, "old-" + old, NOON);
        }

        // When
        var later = NOON.plusSeconds(60);
        for (int old = 0; old < 9; old++) {
            circuit.ended(Sign.FAILS, "old-" + old, later);
        }

        // Then
        assertThat(ended(Sign.FAILS, 1, later)).isInstanceOf(CircuitChange.Opened.class);
    }

    @Test
    void a_probe_that_had_failed_before_makes_the_pause_no_longer() {
        // Given
        for (int poison = 0; poison < 10; poison++) {
            circuit.ended(Sign.FAILS, "poison-" + poison, NOON);
        }
        var now = NOON;

        for (int i = 0; i < 5; i++) {
            // When
            now = now.plusSeconds(15);
            circuit.probeIsOurs(now.plusSeconds(60));
            circuit.pass("poison-0", now);
            var change = circuit.ended(Sign.FAILS, "poison-0", now);

            // Then
            assertThat(change).isEqualTo(new CircuitChange.Opened(now.plusSeconds(15), 1, 1, 1));
        }
    }

    @Test
    void only_the_probe_finds_out() {
        // Given
        var now = opened();
        circuit.probeIsOurs(now.plusSeconds(60));
        circuit.pass("probe", now);

        // When
        ended(Sign.WORKS, 3, now);
        ended(Sign.FAILS, 3, now);

        // Then
        assertThat(circuit.state(now)).isEqualTo(State.HALF_OPEN);
        assertThat(circuit.ended(Sign.WORKS, "probe", now)).isInstanceOf(CircuitChange.Closed.class);
    }

    private Instant opened() {
        ended(Sign.FAILS, 10, NOON);
        return NOON.plus(Duration.ofSeconds(15));
    }

    private CircuitChange ended(Sign sign, int times, Instant at) {
        CircuitChange change = new CircuitChange.Unchanged();
        for (int i = 0; i < times; i++) {
            change = circuit.ended(sign, "delivery-" + ++deliveries, at);
        }
        return change;
    }
}
