package dev.carillon.notification.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.notification.preference.Preferences;
import dev.carillon.notification.recipient.RecipientCache.RecipientChange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecipientCacheTest {

    private static final RecipientKey ALICE = new RecipientKey("acme", "alice");
    private static final RecipientKey BOB = new RecipientKey("acme", "bob");
    private static final RecipientKey ELSEWHERE = new RecipientKey("other", "alice");

    private final AtomicLong nanos = new AtomicLong();
    private final RecipientCache cache = new RecipientCache(100, nanos::get);

    @BeforeEach
    void everybody() {
        cache.remember(
                Map.of(ALICE, recipient("alice"), BOB, recipient("bob"), ELSEWHERE, recipient("alice")),
                cache.forget(10));
    }

    @Test
    void who_was_read_is_remembered() {
        assertThat(cache.remembered(List.of(ALICE, new RecipientKey("acme", "carol"))))
                .containsOnlyKeys(ALICE);
    }

    @Test
    void who_changed_is_forgotten_and_nobody_else() {
        // When
        long asOf = cache.heard(List.of(new RecipientChange(12, "acme", "alice")));

        // Then
        assertThat(asOf).isEqualTo(12);
        assertThat(cache.remembered(List.of(ALICE, BOB, ELSEWHERE))).containsOnlyKeys(BOB, ELSEWHERE);
    }

    @Test
    void what_may_concern_anybody_of_a_tenant_forgets_them_all() {
        // When
        cache.heard(List.of(new RecipientChange(12, "acme", null)));

        // Then
        assertThat(cache.remembered(List.of(ALICE, BOB, ELSEWHERE))).containsOnlyKeys(ELSEWHERE);
    }

    @Test
    void who_was_read_before_somebody_heard_of_more_is_not_remembered() {
        // Given
        long asOf = cache.heard(List.of(new RecipientChange(12, "acme", "alice")));

        // When
        cache.heard(List.of(new RecipientChange(13, "acme", "alice")));
        cache.remember(Map.of(ALICE, recipient("as she was")), asOf);

        // Then
        assertThat(cache.remembered(List.of(ALICE))).isEmpty();
    }

    @Test
    void who_hears_late_what_others_have_heard_long_ago_goes_not_back() {
        // Given
        cache.heard(List.of(new RecipientChange(20, "acme", "bob")));

        // When
        long asOf = cache.heard(List.of(new RecipientChange(12, "acme", "alice")));

        // Then
        assertThat(asOf).isEqualTo(cache.seen()).isEqualTo(20);
        assertThat(cache.heard(List.of())).isEqualTo(20);
    }

    @Test
    void nobody_is_remembered_longer_than_five_minutes() {
        // Given
        nanos.addAndGet(Duration.ofMinutes(5).minusNanos(1).toNanos());
        assertThat(cache.remembered(List.of(ALICE))).containsOnlyKeys(ALICE);

        // When
        nanos.addAndGet(1);

        // Then
        assertThat(cache.remembered(List.of(ALICE))).isEmpty();
    }

    private static Recipient recipient(String name) {
        return new Recipient("id", name, null, null, null, Map.of(), 1, Preferences.NONE);
    }
}
