package dev.carillon.platform.lww;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LatestFieldsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void every_order_of_the_same_statements_gives_the_same_values() {
        for (int round = 0; round < 300; round++) {
            // Given
            long seed = new Random().nextLong();
            var random = new Random(seed);
            var statements = statements(random, 2 + random.nextInt(12));
            var expected = values(statements);

            for (int order = 0; order < 20; order++) {
                // When: some are said twice
                var heard = new ArrayList<>(statements);
                heard.addAll(statements.subList(0, random.nextInt(statements.size())));
                Collections.shuffle(heard, random);

                // Then
                assertThat(values(heard)).as("seed %d", seed).isEqualTo(expected);
            }
        }
    }

    @Test
    void the_latest_to_speak_of_a_field_decides_it_and_the_others_stay() {
        // When
        var known = LatestFields.NOTHING
                .with(Map.of("name", "Ada", "email", "new@example.com"), at(2))
                .with(Map.of("email", "old@example.com", "city", "Lima"), at(1));

        // Then
        assertThat(known.values()).isEqualTo(Map.of("name", "Ada", "email", "new@example.com", "city", "Lima"));
    }

    @Test
    void null_takes_a_field_away_until_it_is_said_later() {
        // Given
        var gone = LatestFields.NOTHING.with(nothingOf("phone"), at(2));

        // Then
        assertThat(gone.with(Map.of("phone", "+1"), at(1)).values()).isEmpty();
        assertThat(gone.with(Map.of("phone", "+1"), at(3)).values()).containsEntry("phone", "+1");
    }

    @Test
    void between_equal_times_the_greater_event_id_decides() {
        // Given
        var a = new Stamp(NOON, 0, "a");
        var b = new Stamp(NOON, 0, "b");

        // Then
        assertThat(LatestFields.NOTHING
                        .with(Map.of("x", 1), a)
                        .with(Map.of("x", 2), b)
                        .values())
                .containsEntry("x", 2);
        assertThat(LatestFields.NOTHING
                        .with(Map.of("x", 2), b)
                        .with(Map.of("x", 1), a)
                        .values())
                .containsEntry("x", 2);
    }

    @Test
    void between_equal_times_of_recording_the_place_in_the_journal_decides() {
        // Given
        var happenedThen = new Stamp(NOON, 0, "z");
        var recordedThen = new Stamp(NOON, 9, "y");
        var recordedNext = new Stamp(NOON, 10, "x");

        // Then
        assertThat(List.of(recordedNext, happenedThen, recordedThen).stream().sorted())
                .containsExactly(happenedThen, recordedThen, recordedNext);
    }

    @Test
    void who_knows_it_first_hand_ends_all_that_was_said_before_at_whatever_time() {
        // Given
        var known = LatestFields.NOTHING
                .with(Map.of("name", "Later", "city", "Lima"), at(9))
                .withItem("lines", "1", item("1", "x"), at(9));
        assertThat(known.values()).containsKeys("name", "city", "lines");

        // When
        var told = LatestFields.only(Map.of("name", "Ada"), at(3));

        // Then
        assertThat(told.values()).isEqualTo(Map.of("name", "Ada"));
        assertThat(told.with(Map.of("name", "Late news", "city", "Lima"), at(2)))
                .isSameAs(told);
        assertThat(told.with(Map.of("city", "Quito"), at(4)).values())
                .isEqualTo(Map.of("name", "Ada", "city", "Quito"));
    }

    @Test
    void items_change_one_by_one_until_the_whole_list_is_said_anew() {
        // Given
        var placed = LatestFields.NOTHING.with(Map.of("lines", List.of(item("1", "x"), item("2", "x"))), at(1));

        // When
        var changed = placed.withItem("lines", "2", null, at(2)).withItem("lines", "3", item("3", "y"), at(3));

        // Then
        assertThat(changed.values()).containsEntry("lines", List.of(item("1", "x"), item("3", "y")));
        assertThat(changed.with(Map.of("lines", List.of(item("2", "z"))), at(4)).values())
                .containsEntry("lines", List.of(item("2", "z")));
        assertThat(changed.with(Map.of("lines", List.of(item("2", "z"))), at(2)).values())
                .as("an older whole has the newer changes on top")
                .containsEntry("lines", List.of(item("2", "z"), item("3", "y")));
    }

    @Test
    void an_item_may_be_heard_of_before_the_list() {
        // Given
        var early =
                LatestFields.NOTHING.withItem("lines", "2", null, at(5)).withItem("lines", "3", item("3", "y"), at(6));

        // Then
        assertThat(early.values()).containsEntry("lines", List.of(item("3", "y")));
        assertThat(early.with(Map.of("lines", List.of(item("1", "x"), item("2", "x"))), at(1))
                        .values())
                .containsEntry("lines", List.of(item("1", "x"), item("3", "y")));
    }

    @Test
    void no_news_is_the_very_same_object() {
        // Given
        var known = LatestFields.NOTHING.with(Map.of("x", 2), at(2)).withItem("lines", "1", item("1", "a"), at(2));

        // Then
        assertThat(known.with(Map.of("x", 1), at(1))).isSameAs(known);
        assertThat(known.with(Map.of("x", 2), at(2))).isSameAs(known);
        assertThat(known.withItem("lines", "1", null, at(1))).isSameAs(known);
    }

    private static Map<String, Object> values(List<UnaryOperator<LatestFields>> statements) {
        var known = LatestFields.NOTHING;
        for (var statement : statements) {
            known = statement.apply(known);
        }
        return known.values();
    }

    /** Few fields, items and times, so that they meet; no two of one event. */
    private static List<UnaryOperator<LatestFields>> statements(Random random, int count) {
        return IntStream.range(0, count)
                .<UnaryOperator<LatestFields>>mapToObj(n -> {
                    var stamp = new Stamp(NOON.plusSeconds(random.nextInt(6)), 0, "ev-" + n);
                    var id = String.valueOf(random.nextInt(4));
                    return switch (random.nextInt(5)) {
                        case 0 -> known -> known.with(Map.of("name", "n" + n, "city", "c" + n), stamp);
                        case 1 -> known -> known.with(nothingOf(n % 2 == 0 ? "name" : "lines"), stamp);
                        case 2 -> {
                            var whole = IntStream.range(0, random.nextInt(4))
                                    .mapToObj(i -> item(String.valueOf(i), "whole " + n))
                                    .toList();
                            yield known -> known.with(Map.of("lines", whole), stamp);
                        }
                        case 3 -> known -> known.withItem("lines", id, null, stamp);
                        default -> known -> known.withItem("lines", id, item(id, "changed " + n), stamp);
                    };
                })
                .toList();
    }

    private static Map<String, @Nullable Object> nothingOf(String field) {
        var said = new HashMap<String, @Nullable Object>();
        said.put(field, null);
        return said;
    }

    private static Map<String, Object> item(String id, String status) {
        return Map.of("id", id, "status", status);
    }

    private static Stamp at(int second) {
        return new Stamp(NOON.plusSeconds(second), 0, "ev-" + second);
    }
}
