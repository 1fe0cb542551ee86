package dev.carillon.eventsourced.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.eventsourced.reaction.Judgement;
import dev.carillon.notification.Rehearsed.Words;
import dev.carillon.notification.tracking.Reason;
import dev.carillon.notification.tracking.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DifferenceTest {

    private static final Instant NOON = Instant.parse("2025-10-31T12:00:00Z");

    private final Difference difference = new Difference(1);

    @Test
    void the_same_messages_in_any_order_make_no_difference() {
        // When
        difference.add(List.of(told("e1", NOON, "hi"), told("e2", NOON, "hi")), List.of(told("e2", NOON, "hi")));
        difference.add(List.of(), List.of(told("e1", NOON, "hi")));

        // Then
        assertThat(difference.report()).satisfies(report -> {
            assertThat(report.empty()).isTrue();
            assertThat(report.told()).isEqualTo(new Report.Count(2, 2));
        });
    }

    @Test
    void a_message_without_a_partner_was_added_or_removed() {
        // When
        difference.add(List.of(told("e1", NOON, "hi"), not("e2")), List.of(told("e2", NOON, "hi"), told("e3", NOON, "hi"), not("e1")));

        // Then
        assertThat(difference.report()).satisfies(report -> {
            assertThat(report.empty()).isFalse();
            assertThat(report.added()).isEqualTo(2);
            assertThat(report.removed()).isEqualTo(1);
            assertThat(report.reasons()).containsEntry("CONDITION_FALSE", new Report.Count(1, 1));
            assertThat(report.samples().added()).hasSize(1);
        });
    }

    @Test
    void a_message_at_another_time_or_in_other_words_is_neither_added_nor_removed() {
        // When
        difference.add(List.of(told("e1", NOON, "hi"), told("e2", NOON, "hi")), List.of(told("e2", NOON, "hello")));
        difference.add(List.of(), List.of(told("e1", NOON.plusSeconds(60), "hi")));

        // Then
        assertThat(difference.report()).satisfies(report -> {
            assertThat(report.added() + report.removed()).isZero();
            assertThat(report.movedInTime()).isEqualTo(1);
            assertThat(report.changedText()).isEqualTo(1);
            assertThat(report.samples().changedText().get(0).wordsNow()).containsEntry("email", new Words("s", "hello"));
        });
    }

    @Test
    void what_is_held_for_another_time_has_moved() {
        // Given
        var difference = new Difference(10);
        var at = NOON.plusSeconds(60);

        // When
        difference.add(List.of(held(at)), List.of(held(at.plusSeconds(1))));

        // Then
        assertThat(difference.report().movedInTime()).isOne();
        assertThat(difference.report().samples().movedInTime()).first().satisfies(moved -> assertThat(moved.now()).isEqualTo(at.plusSeconds(1)));
    }

    private static Judgement held(Instant until) {
        return new Judgement(new Trigger("e", 1), "rule", "c1", true, null, NOON, until, Map.of());
    }

    private static Judgement told(String event, Instant at, String text) {
        return new Judgement(new Trigger(event, Long.parseLong(event.substring(1))), "rule", "c1", true, null, at, null, Map.of("email", new Words("s", text)));
    }

    private static Judgement not(String event) {
        return new Judgement(new Trigger(event, Long.parseLong(event.substring(1))), "rule", "c1", false, Reason.CONDITION_FALSE, NOON, null, Map.of());
    }
}
