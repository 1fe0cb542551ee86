package dev.carillon.eventsourced.activity;

import dev.carillon.eventsourced.activity.PgActivity.ItemSource;
import dev.carillon.eventsourced.activity.PgActivity.TenantItem;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant did lately, while somebody listens: the last thousand items, numbered as they were found. A listener that does not
 * keep up finds that its next one is gone; nothing is kept for it.
 */
final class ActivityFeed {

    private static final int KEPT = 1_000;

    /** An item, or null for some that were left out. */
    private record Numbered(long number, @Nullable ActivityItem item) {}

    /**
     * What is behind a number.
     *
     * @param skipped whether some between are gone
     * @param items   null stands for some that were left out
     */
    record FoundItems(long last, boolean skipped, List<@Nullable ActivityItem> items) {}

    private final Deque<Numbered> kept = new ArrayDeque<>();
    private final Map<String, Instant> seen = new LinkedHashMap<>();
    private final Set<UniEmitter<? super Boolean>> waiting = ConcurrentHashMap.newKeySet();
    private long last;
    private boolean begun;

    /**
     * Takes what was read, of which some is known from the time before.
     *
     * @param limit as many rows of a source say that there may be more
     * @param since what happened before will not be read again
     */
    void add(Collection<TenantItem> read, int limit, Instant since) {
        var any = false;
        synchronized (this) {
            if (begun && leftOut(read, limit)) {
                keep(null);
                any = true;
            }
            begun = true;
            for (var item : fresh(read)) {
                keep(item);
                any = true;
            }
            seen.values().removeIf(at -> at.isBefore(since));
        }
        if (any) {
            tell();
        }
    }

    /** A source gave as many as it may, and all are new: there may be others between. */
    private boolean leftOut(Collection<TenantItem> read, int limit) {
        var bySource = new HashMap<ItemSource, List<TenantItem>>();
        read.forEach(one -> bySource.computeIfAbsent(one.source(), source -> new ArrayList<>())
                .add(one));
        return bySource.values().stream()
                .anyMatch(rows -> rows.size() >= limit
                        && rows.stream()
                                .map(TenantItem::item)
                                .filter(Objects::nonNull)
                                .noneMatch(item -> seen.containsKey(item.key())));
    }

    private List<ActivityItem> fresh(Collection<TenantItem> read) {
        return read.stream()
                .map(TenantItem::item)
                .filter(Objects::nonNull)
                .filter(item -> seen.put(item.key(), item.at()) == null)
                .sorted(ActivityItem.OLDEST_FIRST)
                .collect(Collectors.toList());
    }

    private void keep(@Nullable ActivityItem item) {
        kept.addLast(new Numbered(++last, item));
        if (kept.size() > KEPT) {
            kept.removeFirst();
        }
    }

    synchronized long last() {
        return last;
    }

    /** The number of an item that is still kept. */
    synchronized OptionalLong numberOf(String key) {
        return kept.stream()
                .filter(one -> one.item() != null && one.item().key().equals(key))
                .mapToLong(Numbered::number)
                .findFirst();
    }

    synchronized FoundItems behind(long number, int most) {
        var first = kept.isEmpty() ? last + 1 : kept.getFirst().number();
        var some =
                kept.stream().filter(one -> one.number() > number).limit(most).toList();
        return new FoundItems(
                some.isEmpty() ? last : some.get(some.size() - 1).number(),
                number + 1 < first,
                some.stream().map(Numbered::item).collect(Collectors.toList()));
    }

    /** Waits for something behind a number: true; false when the time is over or the wait was ended. */
    Uni<Boolean> beyond(long number, Duration within) {
        return Uni.createFrom()
                .<Boolean>emitter(emitter -> {
                    waiting.add(emitter);
                    emitter.onTermination(() -> waiting.remove(emitter));
                    if (last() > number) {
                        emitter.complete(true);
                    }
                })
                .ifNoItem()
                .after(within)
                .recoverWithItem(false);
    }

    /** Ends all waits: whoever waits looks whether it is over. */
    void tell() {
        waiting.forEach(one -> {
            waiting.remove(one);
            one.complete(true);
        });
    }
}
