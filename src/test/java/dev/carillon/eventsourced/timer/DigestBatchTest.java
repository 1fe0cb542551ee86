package dev.carillon.eventsourced.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.eventsourced.journal.EventPlace;
import dev.carillon.eventsourced.timer.Digest.DigestKey;
import dev.carillon.notification.decision.RuleRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DigestBatchTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final DigestKey KEY = new DigestKey("default", "brief", "c-1", "");

    private int opened;

    @Test
    void what_is_decided_about_one_customer_joins_one_digest() {
        // Given
        var batch = new DigestBatch(Map.of());

        // When
        join(batch, KEY, 1, 0, lasting(60, null, 50));
        var last = join(batch, KEY, 2, 10, lasting(60, null, 50));

        // Then
        assertThat(last.items()).isEqualTo(2);
        assertThat(last.open()).isTrue();
        assertThat(last.timer().dueAt()).isEqualTo(minute(60));
        assertThat(last.timer().armedBy()).as("the event of its last item").isEqualTo(place(2));
        assertThat(batch.touched()).containsExactly(last);
        assertThat(last.joining()).extracting(DigestItem::eventId).containsExactly("ev-1", "ev-2");
    }

    @Test
    void keys_have_digests_of_their_own() {
        // Given
        var batch = new DigestBatch(Map.of());

        // When
        join(batch, KEY, 1, 0, lasting(60, null, 50));
        join(batch, new DigestKey("default", "brief", "c-1", "shoes"), 2, 0, lasting(60, null, 50));
        join(batch, new DigestKey("default", "brief", "c-2", ""), 3, 0, lasting(60, null, 50));
        join(batch, new DigestKey("other", "brief", "c-1", ""), 4, 0, lasting(60, null, 50));

        // Then
        assertThat(batch.touched()).hasSize(4).allMatch(digest -> digest.items() == 1);
    }

    @Test
    void a_full_one_closes_at_once_and_the_next_opens() {
        // Given
        var batch = new DigestBatch(Map.of());

        // When
        for (int n = 1; n <= 5; n++) {
            join(batch, KEY, n, n, lasting(60, null, 2));
        }

        // Then
        assertThat(batch.touched()).extracting(Digest::items).containsExactly(2, 2, 1);
        assertThat(batch.touched()).extracting(Digest::open).containsExactly(false, false, true);
        assertThat(batch.touched())
                .extracting(digest -> digest.timer().dueAt())
                .containsExactly(minute(2), minute(4), minute(65));
        assertThat(batch.touched()).extracting(digest -> digest.timer().id()).doesNotHaveDuplicates();
    }

    @Test
    void one_that_takes_a_single_item_never_stays_open() {
        // Given
        var batch = new DigestBatch(Map.of());

        // When
        var only = join(batch, KEY, 1, 0, lasting(60, null, 1));

        // Then
        assertThat(only.open()).isFalse();
        assertThat(only.timer().dueAt()).isEqualTo(NOON);
    }

    @Test
    void each_item_moves_its_end_but_not_beyond_the_longest_wait() {
        // Given
        var batch = new DigestBatch(Map.of());

        // When
        join(batch, KEY, 1, 0, lasting(10, 25L, 50));
        var second = join(batch, KEY, 2, 9, lasting(10, 25L, 50));
        var third = join(batch, KEY, 3, 18, lasting(10, 25L, 50));

        // Then
        assertThat(second.timer().dueAt()).isEqualTo(minute(19));
        assertThat(third.timer().dueAt()).isEqualTo(minute(25));
        assertThat(third.timer().armedAt()).isEqualTo(NOON);
    }

    @Test
    void one_never_ends_before_its_last_item() {
        // Given: the customer has moved to where its hour is over
        var batch = new DigestBatch(
                Map.of(KEY, new Digest(timer("earlier", "v1", minute(0), minute(60)), 1, 0, true, List.of())));

        // When
        var joined = join(batch, KEY, 1, 30, lasting(10, null, 50));

        // Then
        assertThat(joined.timer().dueAt()).isEqualTo(minute(30));
    }

    @Test
    void one_opened_before_the_batch_goes_on() {
        // Given
        var batch = new DigestBatch(
                Map.of(KEY, new Digest(timer("earlier", "v1", minute(0), minute(60)), 7, 0, true, List.of())));

        // When
        var joined = join(batch, KEY, 1, 30, lasting(60, null, 9));

        // Then
        assertThat(joined.timer().id()).isEqualTo("earlier");
        assertThat(joined.items()).isEqualTo(8);
        assertThat(joined.joining()).as("only what is new is written").hasSize(1);
        assertThat(opened).isZero();
    }

    @Test
    void a_later_version_of_the_rule_does_not_move_its_end() {
        // Given
        var batch = new DigestBatch(
                Map.of(KEY, new Digest(timer("earlier", "v0", minute(0), minute(60)), 1, 0, true, List.of())));

        // When
        var joined = join(batch, KEY, 1, 30, lasting(10, 1_000L, 50));

        // Then
        assertThat(joined.timer().dueAt()).isEqualTo(minute(60));
        assertThat(joined.timer().rule().version()).isEqualTo("v0");
    }

    @Test
    void one_of_large_items_is_full_before_it_has_many() {
        // Given
        var batch = new DigestBatch(Map.of(
                KEY,
                new Digest(
                        timer("earlier", "v1", minute(0), minute(60)),
                        2,
                        DigestBatch.MOST_BYTES - 150_000,
                        true,
                        List.of())));

        // When
        var first = batch.join(
                KEY,
                large(1),
                minute(1),
                "v1",
                lasting(60, null, 50),
                () -> timer("next", "v1", minute(1), minute(60)));
        var second = batch.join(
                KEY,
                large(2),
                minute(2),
                "v1",
                lasting(60, null, 50),
                () -> timer("next", "v1", minute(1), minute(60)));
        var third = batch.join(
                KEY,
                large(3),
                minute(3),
                "v1",
                lasting(60, null, 50),
                () -> timer("next", "v1", minute(3), minute(60)));

        // Then
        assertThat(first.open()).isTrue();
        assertThat(second.open()).isFalse();
        assertThat(second.items()).isEqualTo(4);
        assertThat(second.timer().dueAt()).as("at once").isEqualTo(minute(2));
        assertThat(third.timer().id()).isEqualTo("next");
        assertThat(third.bytes()).isBetween(100_000, 100_100);
    }

    private static DigestItem large(int n) {
        return new DigestItem("ev-" + n, place(n), Map.of("text", "x".repeat(100_000)), null);
    }

    private Digest join(DigestBatch batch, DigestKey key, int n, int minute, DigestBatch.Closing closing) {
        return batch.join(
                key, new DigestItem("ev-" + n, place(n), Map.of("n", n), null), minute(minute), "v1", closing, () -> {
                    opened++;
                    return new Timer(
                            "digest-" + opened,
                            key.tenant(),
                            "bss.other",
                            Timer.TimerKind.DIGEST,
                            new RuleRef(key.ruleId(), "v1"),
                            key.customerId(),
                            key.key(),
                            place(n),
                            minute(minute),
                            minute(minute),
                            0);
                });
    }

    private static Timer timer(String id, String version, Instant armedAt, Instant dueAt) {
        return new Timer(
                id,
                KEY.tenant(),
                "bss.other",
                Timer.TimerKind.DIGEST,
                new RuleRef(KEY.ruleId(), version),
                KEY.customerId(),
                KEY.key(),
                place(0),
                armedAt,
                dueAt,
                0);
    }

    private static DigestBatch.Closing lasting(long minutes, @Nullable Long longest, int maxItems) {
        return new DigestBatch.Closing(maxItems, (openedAt, lastItemAt) -> {
            if (longest == null) {
                return openedAt.plus(Duration.ofMinutes(minutes));
            }
            var quiet = lastItemAt.plus(Duration.ofMinutes(minutes));
            var latest = openedAt.plus(Duration.ofMinutes(longest));
            return quiet.isBefore(latest) ? quiet : latest;
        });
    }

    private static Instant minute(long n) {
        return NOON.plus(Duration.ofMinutes(n));
    }

    private static EventPlace place(long n) {
        return new EventPlace(n, minute(n));
    }
}
