package dev.carillon.eventsourced.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.notification.BacktestReceipt.Words;
import dev.carillon.notification.decision.EventRef;
import dev.carillon.notification.decision.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
            assertThat(report.told()).isEqualTo(new BacktestReport.BacktestCount(2, 2));
        });
    }

    @Test
    void a_message_without_a_partner_was_added_or_removed() {
        // When
        difference.add(
                List.of(told("e1", NOON, "hi"), not("e2")),
                List.of(told("e2", NOON, "hi"), told("e3", NOON, "hi"), not("e1")));

        // Then
        assertThat(difference.report()).satisfies(report -> {
            assertThat(report.empty()).isFalse();
            assertThat(report.added()).isEqualTo(2);
            assertThat(report.removed()).isEqualTo(1);
            assertThat(report.reasons()).containsEntry("CONDITION_FALSE", new BacktestReport.BacktestCount(1, 1));
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
            assertThat(report.samples().changedText().get(0).wordsNow()).containsEntry("email", Words.of("s", "hello"));
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
        assertThat(difference.report().samples().movedInTime())
                .first()
                .satisfies(moved -> assertThat(moved.now()).isEqualTo(at.plusSeconds(1)));
    }

    @Test
    void words_that_are_long_are_cut_and_say_so_and_still_differ_at_their_end() {
        // Given
        var difference = new Difference(10);
        var text = "😀".repeat(150_000);

        // When
        difference.add(
                List.of(told("e1", NOON, text), told("e2", NOON, text)),
                List.of(told("e1", NOON, text), told("e2", NOON, text + "!")));

        // Then
        assertThat(difference.report().changedText()).isOne();
        assertThat(difference
                        .report()
                        .samples()
                        .changedText()
                        .get(0)
                        .wordsThen()
                        .get("email"))
                .satisfies(words -> {
                    assertThat(words.text()).isEqualTo("😀".repeat(Words.SHOWN));
                    assertThat(words.cut()).isEqualTo("the beginning of 150001 characters");
                });
    }

    @Test
    void the_samples_of_a_report_are_bounded_together_and_a_note_says_what_is_left_out() {
        // Given
        var difference = new Difference(200);
        var text = "x".repeat(3_000);

        // When
        for (int n = 0; n < 300; n += 3) {
            difference.add(
                    List.of(told("e" + n, NOON, text), told("e" + (n + 1), NOON, text)),
                    List.of(told("e" + n, NOON, text + "!"), told("e" + (n + 2), NOON, text)));
        }

        // Then
        var samples = difference.report().samples();
        var all = Stream.of(samples.added(), samples.removed(), samples.movedInTime(), samples.changedText())
                .flatMap(List::stream)
                .toList();
        assertThat(all)
                .hasSize(300)
                .anyMatch(BacktestReport.Sample::lacksWords)
                .anyMatch(sample -> !sample.lacksWords());
        assertThat(all.stream()
                        .flatMap(sample -> Stream.of(sample.wordsThen(), sample.wordsNow()))
                        .filter(Objects::nonNull)
                        .flatMap(words -> words.values().stream())
                        .mapToInt(words -> words.text().length())
                        .sum())
                .isBetween(Difference.MOST_CHARACTERS / 2, Difference.MOST_CHARACTERS);
        assertThat(samples.note()).contains("left out");
    }

    @Test
    void what_finds_its_partner_takes_no_room_from_the_samples() {
        // Given
        var text = "x".repeat(3_000);

        // When
        for (int n = 0; n < 1_000; n++) {
            difference.add(List.of(told("e" + n, NOON, text)), List.of());
            difference.add(List.of(), List.of(told("e" + n, NOON, text)));
        }
        difference.add(List.of(), List.of(told("e1000", NOON, text)));

        // Then
        assertThat(difference.report().samples().added().get(0).wordsNow()).isNotNull();
        assertThat(difference.report().samples().note()).isNull();
    }

    @Test
    void only_so_many_wait_for_a_partner() {
        // When
        for (int n = 0; n < Difference.MOST_WAITING + 5; n += 5) {
            difference.add(
                    List.of(),
                    IntStream.range(n, n + 5)
                            .mapToObj(e -> told("e" + e, NOON, "hi"))
                            .toList());
        }

        // Then
        assertThat(difference.report().added()).isEqualTo(Difference.MOST_WAITING + 5);
        assertThat(difference.report().samples().added())
                .singleElement()
                .satisfies(sample -> assertThat(sample.eventId()).isEqualTo("e0"));
    }

    private static BacktestDecision held(Instant until) {
        return new BacktestDecision(new EventRef("e1", 1), "rule", "c1", true, null, NOON, until, Map.of());
    }

    private static BacktestDecision told(String event, Instant at, String text) {
        return new BacktestDecision(
                new EventRef(event, Long.parseLong(event.substring(1))),
                "rule",
                "c1",
                true,
                null,
                at,
                null,
                Map.of("email", Words.of("s", text)));
    }

    private static BacktestDecision not(String event) {
        return new BacktestDecision(
                new EventRef(event, Long.parseLong(event.substring(1))),
                "rule",
                "c1",
                false,
                Reason.CONDITION_FALSE,
                NOON,
                null,
                Map.of());
    }
}
