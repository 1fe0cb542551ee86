package dev.carillon.platform.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchWindowTest {

    private static final long LONGEST = 30;
    private static final long QUIET = 2;

    private final BatchWindow window = new BatchWindow(LONGEST, QUIET, 1000);

    @Test
    void the_first_item_starts_at_once() {
        window.asked(1000);

        assertThat(window.pauseAt(1000)).isZero();
    }

    @Test
    void an_item_alone_soon_after_a_run_waits_until_it_is_quiet() {
        window.started(1000);
        window.asked(1010);

        assertThat(window.pauseAt(1010)).isEqualTo(QUIET);
        assertThat(window.pauseAt(1012)).isZero();
    }

    @Test
    void an_item_alone_long_after_a_run_starts_at_once() {
        window.started(1000);
        window.asked(1030);

        assertThat(window.pauseAt(1030)).isNotPositive();
    }

    @Test
    void while_items_keep_coming_a_run_waits_for_them_but_not_for_ever() {
        window.started(1000);
        for (long now = 1001; now < 1030; now++) {
            window.asked(now);
            assertThat(window.pauseAt(now)).isPositive();
        }

        window.asked(1030);
        assertThat(window.pauseAt(1030)).isZero();
    }

    @Test
    void callers_who_all_wait_for_their_answers_are_not_kept() {
        // Given: 20 callers, who all send again within a moment of the answers
        window.started(1000);
        for (int caller = 0; caller < 20; caller++) {
            window.asked(1003);
        }

        // Then
        assertThat(window.pauseAt(1005)).isZero();
    }

    @Test
    void without_a_shorter_quiet_runs_keep_their_distance() {
        var distant = new BatchWindow(LONGEST, LONGEST, 1000);
        distant.started(1000);
        distant.asked(1001);

        assertThat(distant.pauseAt(1029)).isEqualTo(1);
        assertThat(distant.pauseAt(1030)).isZero();
    }

    @Test
    void time_that_overflows_is_time_like_any_other() {
        long late = Long.MAX_VALUE - 1;
        var atTheEnd = new BatchWindow(LONGEST, QUIET, late);
        atTheEnd.started(late);
        atTheEnd.asked(late + 3);

        assertThat(atTheEnd.pauseAt(late + 3)).isEqualTo(QUIET);
    }
}
