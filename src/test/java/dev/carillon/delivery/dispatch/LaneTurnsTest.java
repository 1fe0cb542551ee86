package dev.carillon.delivery.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.delivery.outbox.Lanes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaneTurnsTest {

    private final LaneTurns turns = new LaneTurns();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 50, 500})
    void with_every_lane_full_each_gets_something(int places) {
        int high = 0;
        int normal = 0;
        int low = 0;

        for (int claim = 0; claim < 50_000 / places; claim++) {
            Lanes lanes = next(places);
            int ofNormal = Math.min(places - lanes.high(), lanes.normal());
            int ofLow = Math.min(places - lanes.high() - ofNormal, lanes.low());
            assertThat(lanes.high() + ofNormal + ofLow).as("no place is wasted").isEqualTo(places);
            turns.given(lanes.high(), ofNormal, true);
            high += lanes.high();
            normal += ofNormal;
            low += ofLow;
        }

        assertThat(high).isBetween(44_000, 46_000);
        assertThat(normal).isPositive();
        assertThat(low).isGreaterThan(200);
    }

    @Test
    void with_normal_and_low_full_low_gets_a_tenth() {
        int low = 0;

        for (int claim = 0; claim < 1_000; claim++) {
            Lanes lanes = next(10);
            int normal = Math.min(9, lanes.normal());
            turns.given(0, normal, true);
            low += 9 - normal;
        }

        assertThat(low).isBetween(800, 1_100);
    }

    @Test
    void nothing_is_kept_from_high_while_all_that_is_due_is_taken() {
        for (int claim = 0; claim < 100; claim++) {
            assertThat(next(10).high()).isEqualTo(10);
            turns.given(10, 0, false);
        }
    }

    @Test
    void what_nobody_below_takes_is_high_s_again_with_the_next_claim() {
        next(9);
        turns.given(9, 0, true);
        assertThat(next(5).high()).isEqualTo(4);

        turns.given(4, 0, true);

        assertThat(next(5).high()).isEqualTo(5);
    }

    private Lanes next(int places) {
        return turns.lanes(places, Math.max(1, places * 9 / 10), Math.max(1, places * 7 / 10), Lanes.FROM_THE_FIRST);
    }
}
