package dev.carillon.eventsourced.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.eventsourced.activity.ActivityItem.HeardEvent;
import dev.carillon.eventsourced.activity.ActivityStreams.Alive;
import dev.carillon.eventsourced.activity.ActivityStreams.Happened;
import dev.carillon.eventsourced.activity.ActivityStreams.LeftOut;
import dev.carillon.eventsourced.activity.ActivityStreams.StreamedActivity;
import dev.carillon.eventsourced.activity.PgActivity.ItemSource;
import dev.carillon.eventsourced.activity.PgActivity.TenantItem;
import dev.carillon.platform.http.ConnectionLimit;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import dev.carillon.testing.SettableClock;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody who looks on is shown, and what it costs. */
class ActivityStreamsTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final String TENANT = "t";
    private static final long ALL = Long.MAX_VALUE;

    private final SettableClock clock = new SettableClock();
    private AutoCloseable stopped;
    private final Happenings happenings = new Happenings();
    private final ActivitySettings settings = new Settings();
    private final ActivityWatch watch =
            new ActivityWatch(happenings, new Straight(), settings, new ConnectionLimit(1_000), clock);
    private final ActivityStreams streams = new ActivityStreams(happenings, watch, new Straight(), settings, clock);

    @Test
    void what_happens_is_shown_once_in_its_order_though_it_is_read_again() {
        // Given
        var shown = listen(null, ALL);
        happenings.happen(TENANT, 1, clock.instant());
        poll();

        // When
        happenings.happen(TENANT, 3, clock.instant());
        happenings.happen(TENANT, 2, clock.instant().minusSeconds(1)); // committed later
        happenings.happen("other", 4, clock.instant());
        poll();
        poll();

        // Then
        assertThat(positions(shown)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void nothing_is_read_while_nobody_looks_on() {
        // Given
        listen(null, ALL).cancel();

        // When
        poll();

        // Then
        assertThat(happenings.reads).isZero();
        assertThat(watch.taken()).isZero();
    }

    @Test
    void one_read_serves_all_who_look_on() {
        // Given
        var one = listen(null, ALL);
        var another = listen(null, ALL);
        happenings.happen(TENANT, 1, clock.instant());

        // When
        poll();

        // Then
        assertThat(positions(one)).isEqualTo(positions(another)).containsExactly(1L);
        assertThat(happenings.reads).isEqualTo(1);
    }

    @Test
    void who_comes_back_goes_on_behind_the_last_item() {
        // Given
        var first = listen(null, ALL);
        IntStream.rangeClosed(1, 3).forEach(n -> happenings.happen(TENANT, n, clock.instant()));
        poll();
        var second = item(first, 1);
        listen(null, ALL); // so that the feed is kept
        first.cancel();

        // When
        var back = listen(second, ALL);
        back.awaitItems(2, DEADLINE);

        // Then
        assertThat(positions(back)).containsExactly(3L);
    }

    @Test
    void who_comes_to_another_process_gets_what_it_has_missed_from_the_tables() {
        // Given
        happenings.happen(TENANT, 1, clock.instant().minusSeconds(100));
        happenings.happen(TENANT, 2, clock.instant().minusSeconds(60));
        happenings.happen(TENANT, 3, clock.instant().minusSeconds(30));

        // When
        var back = listen(new ActivityCursor(clock.instant().minusSeconds(60), "e2"), ALL);
        back.awaitItems(2, DEADLINE);

        // Then
        assertThat(positions(back)).containsExactly(3L);
        assertThat(back.getItems()).doesNotContain(LeftOut.SLOW);
    }

    @Test
    void who_was_away_for_long_is_told_that_something_is_missing() {
        var back = listen(new ActivityCursor(clock.instant().minusSeconds(3_600), "e2"), ALL);
        assertThat(back.awaitItems(2, DEADLINE).getItems()).contains(LeftOut.SLOW);
    }

    @Test
    void who_reads_slowly_is_told_that_something_is_missing_and_nothing_is_kept_for_them() {
        // Given
        var slow = listen(null, 1);
        slow.awaitItems(1, DEADLINE);
        for (int poll = 0; poll < 12; poll++) {
            for (int n = 0; n < 150; n++) {
                happenings.happen(TENANT, poll * 150 + n, clock.instant());
            }
            poll();
            clock.advance(Duration.ofSeconds(30)); // so that they are not read again
        }

        // When
        slow.request(ALL);

        // Then
        assertThat(slow.getItems()).contains(LeftOut.SLOW);
        assertThat(positions(slow)).endsWith(1_799L).doesNotContain(0L).hasSizeLessThanOrEqualTo(1_000);
    }

    @Test
    void where_too_much_happens_at_once_some_is_left_out_and_a_line_says_so() {
        // Given
        var shown = listen(null, ALL);
        poll();

        // When
        for (int n = 0; n < 500; n++) {
            happenings.happen(TENANT, n, clock.instant().plusMillis(n));
        }
        poll();

        // Then
        assertThat(shown.getItems()).contains(LeftOut.BUSY);
        assertThat(positions(shown)).hasSize(ActivityWatch.AT_ONCE).endsWith(499L);
    }

    @Test
    void a_stream_ends_with_the_credentials_with_its_time_and_with_the_process() {
        // Given
        var revocation = new AtomicReference<UniEmitter<? super Void>>();
        var revoked = open(null, Uni.createFrom().<Void>emitter(revocation::set), ALL);
        var longest = listen(null, ALL);

        // When
        revocation.get().complete(null);

        // Then
        revoked.awaitCompletion(DEADLINE);
        clock.advance(Duration.ofMinutes(31));
        happenings.happen(TENANT, 1, clock.instant());
        poll();
        longest.awaitCompletion(DEADLINE);
        var stopped = listen(null, ALL);
        watch.end(new ShutdownEvent());
        stopped.awaitCompletion(DEADLINE);
        assertThat(watch.taken()).isZero();
        assertThatThrownBy(() -> listen(null, 1)).hasMessageContaining("stopping");
    }

    @Test
    void a_tenant_has_so_many_and_another_one_finds_room() {
        listen(null, ALL);
        listen(null, ALL);
        assertThatThrownBy(() -> listen(null, ALL))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("2 streams");
        streams.open("other", null, Uni.createFrom().nothing())
                .subscribe()
                .withSubscriber(AssertSubscriber.create(1))
                .awaitItems(1, DEADLINE);
    }

    @BeforeEach
    void timeStands() {
        stopped = clock.stop();
    }

    @AfterEach
    void timeGoesOn() throws Exception {
        stopped.close();
    }

    private void poll() {
        watch.heard(0).await().atMost(DEADLINE);
    }

    private AssertSubscriber<StreamedActivity> listen(@Nullable ActivityCursor after, long demand) {
        return open(after, Uni.createFrom().nothing(), demand);
    }

    private AssertSubscriber<StreamedActivity> open(@Nullable ActivityCursor after, Uni<Void> revoked, long demand) {
        return streams.open(TENANT, after, revoked).subscribe().withSubscriber(AssertSubscriber.create(demand));
    }

    private static ActivityCursor item(AssertSubscriber<StreamedActivity> shown, int n) {
        return ActivityCursor.of(shown.getItems().stream()
                .filter(Happened.class::isInstance)
                .map(one -> ((Happened) one).item())
                .toList()
                .get(n));
    }

    private static List<Long> positions(AssertSubscriber<StreamedActivity> shown) {
        return shown.getItems().stream()
                .filter(one -> !(one instanceof Alive) && !(one instanceof LeftOut))
                .map(one -> ((Happened) one).item().event().position())
                .toList();
    }

    /** The tables, without a database. */
    private static final class Happenings extends PgActivity {

        private final List<TenantItem> rows = new ArrayList<>();
        private int reads;

        private void happen(String tenant, long position, Instant at) {
            rows.add(new TenantItem(
                    tenant,
                    ItemSource.EVENT,
                    ActivityItem.of(at, new HeardEvent("id-" + position, "/s", "type", null, at, position))));
        }

        @Override
        Uni<List<TenantItem>> since(Tx tx, Collection<String> tenants, Instant since, int limit) {
            reads++;
            return Uni.createFrom()
                    .item(rows.stream()
                            .filter(row -> tenants.contains(row.tenant())
                                    && !row.item().at().isBefore(since))
                            .sorted(Comparator.comparing(
                                            (TenantItem row) -> row.item().at())
                                    .reversed())
                            .limit(limit)
                            .toList());
        }
    }

    private static final class Straight implements Transactions {

        @Override
        public <T> Uni<T> inTransaction(Function<Tx, Uni<T>> work) {
            return work.apply(new Tx() {});
        }
    }

    private static final class Settings implements ActivitySettings {

        @Override
        public Duration heartbeat() {
            return Duration.ofHours(1);
        }

        @Override
        public Duration longest() {
            return Duration.ofMinutes(30);
        }

        @Override
        public int perTenant() {
            return 2;
        }

        @Override
        public int all() {
            return 100;
        }
    }
}
