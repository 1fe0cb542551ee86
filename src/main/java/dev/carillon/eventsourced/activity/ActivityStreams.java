package dev.carillon.eventsourced.activity;

import dev.carillon.eventsourced.activity.PgActivity.TenantItem;
import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What happened, and what happens. A stream takes from its tenant's feed only as fast as its client reads. */
@ApplicationScoped
class ActivityStreams {

    private static final int AT_ONCE = 100;

    /** Who was away for longer is not told what it has missed, only that it has. */
    private static final Duration RESUMED = Duration.ofMinutes(10);

    private final PgActivity store;
    private final ActivityWatch watch;
    private final Transactions transactions;
    private final ActivitySettings settings;
    private final Clock clock;

    ActivityStreams(
            PgActivity store, ActivityWatch watch, Transactions transactions, ActivitySettings settings, Clock clock) {
        this.store = store;
        this.watch = watch;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /** One thing to be written to the stream. */
    sealed interface StreamedActivity {}

    /** A sign of life. */
    record Alive() implements StreamedActivity {}

    /** Some items were left out. */
    record LeftOut(String why) implements StreamedActivity {

        static final LeftOut BUSY = new LeftOut("busy");
        static final LeftOut SLOW = new LeftOut("slow");
    }

    /** Something happened. */
    record Happened(ActivityItem item) implements StreamedActivity {}

    /** What happened last, newest first. */
    Uni<List<ActivityItem>> last(String tenant, int limit) {
        return transactions.inTransaction(tx -> store.last(tx, tenant, limit));
    }

    /**
     * Ends after its longest time, when the client's credentials end, at shutdown, and when the database is away; the client
     * reconnects.
     *
     * @param after   the last item the listener knows; null for those only that are to come
     * @param revoked completes when the listener may not listen any more
     * @throws dev.carillon.platform.rest.ProblemException when there are too many streams
     */
    Multi<StreamedActivity> open(String tenant, @Nullable ActivityCursor after, Uni<Void> revoked) {
        var feed = watch.take(tenant);
        var ends = clock.instant().plus(settings.longest());
        return Multi.createFrom()
                .deferred(() -> {
                    var viewer = new Viewer(tenant, feed, after, ends);
                    var ending = revoked.subscribe().with(now -> viewer.end(), failure -> viewer.end());
                    return Multi.createBy()
                            .repeating()
                            .uni(() -> viewer, Viewer::next)
                            .whilst(items -> !items.isEmpty())
                            .onItem()
                            .<StreamedActivity>disjoint()
                            .onTermination()
                            .invoke(ending::cancel);
                })
                .onFailure()
                .invoke(failure -> Log.warnf(
                        "activity stream ended early; the client reconnects: cause=%s", PgFailures.nameOf(failure)))
                .onFailure()
                .recoverWithCompletion()
                .onTermination()
                .invoke(() -> watch.left(tenant));
    }

    /** One open stream: its place in the feed. */
    private final class Viewer {

        private final String tenant;
        private final ActivityFeed feed;
        private final @Nullable ActivityCursor after;
        private final Instant ends;
        private long place;
        private boolean open;
        private volatile boolean over;

        private Viewer(String tenant, ActivityFeed feed, @Nullable ActivityCursor after, Instant ends) {
            this.tenant = tenant;
            this.feed = feed;
            this.after = after;
            this.ends = ends;
        }

        private void end() {
            over = true;
            feed.tell();
        }

        /** The next few, or a sign of life; nothing when it is over. */
        private Uni<List<StreamedActivity>> next() {
            if (isOver()) {
                return Uni.createFrom().item(List.of());
            }
            if (!open) {
                open = true;
                return begun();
            }
            return feed.beyond(place, settings.heartbeat()).map(news -> isOver() ? List.of() : behind());
        }

        private boolean isOver() {
            return over || watch.stopped() || !clock.instant().isBefore(ends);
        }

        private List<StreamedActivity> behind() {
            var found = feed.behind(place, AT_ONCE);
            place = found.last();
            var items = new ArrayList<StreamedActivity>();
            if (found.skipped()) {
                items.add(LeftOut.SLOW);
            }
            found.items().forEach(item -> items.add(item == null ? LeftOut.BUSY : new Happened(item)));
            return items.isEmpty() ? List.of(new Alive()) : items;
        }

        /** From the feed where it still has the last item; else from the tables. */
        private Uni<List<StreamedActivity>> begun() {
            place = feed.last();
            if (after == null) {
                return Uni.createFrom().item(List.of(new Alive()));
            }
            var number = feed.numberOf(after.key());
            if (number.isPresent()) {
                place = number.getAsLong();
                return Uni.createFrom().item(List.of(new Alive()));
            }
            var earliest = clock.instant().minus(RESUMED);
            var away = after.at().isBefore(earliest);
            var since = (away ? earliest : after.at()).minus(ActivityWatch.OVERLAP);
            return transactions
                    .inTransaction(tx -> store.since(tx, List.of(tenant), since, ActivityWatch.AT_ONCE))
                    .map(read -> missed(read, away));
        }

        private List<StreamedActivity> missed(List<TenantItem> read, boolean away) {
            var items = new ArrayList<StreamedActivity>();
            items.add(new Alive());
            if (away || isFull(read)) {
                items.add(LeftOut.SLOW);
            }
            read.stream()
                    .map(TenantItem::item)
                    .filter(Objects::nonNull)
                    .filter(item -> after == null || !item.key().equals(after.key()))
                    .sorted(ActivityItem.OLDEST_FIRST)
                    .forEach(item -> items.add(new Happened(item)));
            return items;
        }

        private static boolean isFull(List<TenantItem> read) {
            return read.stream()
                    .collect(Collectors.groupingBy(TenantItem::source, Collectors.counting()))
                    .values()
                    .stream()
                    .anyMatch(rows -> rows >= ActivityWatch.AT_ONCE);
        }
    }
}
