package dev.carillon.eventsourced.backtest;

import dev.carillon.eventsourced.timer.Digest;
import dev.carillon.eventsourced.timer.DigestItem;
import dev.carillon.eventsourced.timer.Timer;
import dev.carillon.eventsourced.timer.TimerStore;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A backtest's timers, in memory and in virtual time. */
final class QueuedTimers implements TimerStore {

    private final TreeSet<Timer> queue =
            new TreeSet<>(Comparator.comparing(Timer::dueAt).thenComparing(Timer::id));
    private final Map<Digest.DigestKey, Digest> open = new HashMap<>();
    private final Map<String, Timer> digests = new HashMap<>();
    private final Map<String, List<DigestItem>> items = new HashMap<>();

    /** The timers due by then, whatever their address. */
    List<Timer> due(Instant by, int limit) {
        return queue.stream()
                .limit(limit)
                .takeWhile(timer -> !timer.dueAt().isAfter(by))
                .toList();
    }

    @Override
    public Uni<List<Timer>> due(Tx tx, String address, Instant by, int limit) {
        return Uni.createFrom().item(due(by, limit));
    }

    @Override
    public Uni<Void> arm(Tx tx, List<Timer> timers) {
        queue.addAll(timers);
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> answered(Tx tx, List<Timer> timers) {
        timers.forEach(timer -> {
            queue.remove(timer);
            digests.remove(timer.id());
            items.remove(timer.id());
            open.computeIfPresent(
                    Digest.DigestKey.of(timer),
                    (key, digest) -> digest.timer().id().equals(timer.id()) ? null : digest);
        });
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Map<Digest.DigestKey, Digest>> open(Tx tx, Collection<Digest.DigestKey> keys) {
        var found = new HashMap<Digest.DigestKey, Digest>();
        keys.stream().filter(open::containsKey).forEach(key -> found.put(key, open.get(key)));
        return Uni.createFrom().item(found);
    }

    @Override
    public Uni<Void> keep(Tx tx, List<Digest> changed) {
        for (var digest : changed) {
            var timer = digest.timer();
            var was = digests.put(timer.id(), timer);
            if (was != null) {
                queue.remove(was);
            }
            queue.add(timer);
            items.computeIfAbsent(timer.id(), id -> new ArrayList<>()).addAll(digest.joining());
            if (digest.open()) {
                open.put(digest.key(), new Digest(timer, digest.items(), digest.bytes(), true, List.of()));
            } else {
                open.remove(digest.key());
            }
        }
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Map<String, List<DigestItem>>> items(Tx tx, List<String> digestIds) {
        var found = new HashMap<String, List<DigestItem>>();
        digestIds.forEach(id -> found.put(id, items.getOrDefault(id, List.of())));
        return Uni.createFrom().item(found);
    }
}
