package dev.carillon.eventsourced.timer;

import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Timers as rows. None is lost when a process dies between arming and firing, and any replica can handle it. */
@ApplicationScoped
public class Timers implements TimerStore {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final PgTimers store;
    private final PgDigests digests;
    private final Clock clock;

    Timers(PgTimers store, PgDigests digests, Clock clock) {
        this.store = store;
        this.digests = digests;
        this.clock = clock;
    }

    @Override
    public Uni<List<Timer>> due(Tx tx, String address, Instant by, int limit) {
        return store.due(tx, address, by, limit);
    }

    @Override
    public Uni<Void> arm(Tx tx, List<Timer> timers) {
        return timers.isEmpty() ? Uni.createFrom().voidItem() : store.insert(tx, timers);
    }

    @Override
    public Uni<Void> answered(Tx tx, List<Timer> timers) {
        return timers.isEmpty()
                ? Uni.createFrom().voidItem()
                : store.delete(tx, timers.stream().map(Timer::id).toList());
    }

    @Override
    public Uni<Map<Digest.DigestKey, Digest>> open(Tx tx, Collection<Digest.DigestKey> keys) {
        return keys.isEmpty() ? Uni.createFrom().item(Map.of()) : digests.open(tx, List.copyOf(keys));
    }

    @Override
    public Uni<Void> keep(Tx tx, List<Digest> changed) {
        return changed.isEmpty() ? Uni.createFrom().voidItem() : digests.keep(tx, changed);
    }

    @Override
    public Uni<Map<String, List<DigestItem>>> items(Tx tx, List<String> digestIds) {
        return digestIds.isEmpty() ? Uni.createFrom().item(Map.of()) : digests.items(tx, digestIds);
    }

    /** Sets a failed timer aside: tried again after 1, 2, 4, 8 seconds, then parked with its error. */
    public Uni<Void> putAside(Tx tx, Timer timer, String error) {
        return store.putAside(
                tx,
                timer.id(),
                error,
                clock.instant().plus(FIRST_PAUSE.multipliedBy(1L << Math.min(timer.attempts(), 10))));
    }

    /** The pending timers of a tenant, for one customer or for all, oldest first; ids after {@code after}. */
    public Uni<List<Timer>> waiting(Tx tx, String tenant, @Nullable String customerId, String after, int limit) {
        return store.waiting(tx, tenant, customerId, after, limit);
    }
}
