package dev.carillon.notification.throttle;

import dev.carillon.platform.jobs.Jobs;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** Stores sends under throttles between transactions. Reading a key locks it until the transaction ends. */
@ApplicationScoped
public class ThrottleLedger {

    private static final int SWEPT_AT_ONCE = 10_000;
    private static final Duration KEYS_KEPT = Duration.ofHours(1);
    private static final Duration EVERY = Duration.ofMinutes(10);

    private final PgThrottles store;
    private final Transactions transactions;
    private final Clock clock;

    ThrottleLedger(PgThrottles store, Transactions transactions, Clock clock) {
        this.store = store;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The throttle of one tenant whose history is read. */
    public record ThrottleOf(String tenant, Throttle throttle) {}

    /** The recent sends under these throttles. Waits for others that hold the same key now. */
    public Uni<ThrottleHistory> recall(Tx tx, Collection<ThrottleOf> asked) {
        if (asked.isEmpty()) {
            return Uni.createFrom().item(new ThrottleHistory(List.of()));
        }
        var widest = new TreeMap<String, ThrottleOf>();
        asked.forEach(one -> widest.merge(
                one.tenant() + '\n' + one.throttle().key(),
                one,
                (a, b) -> a.throttle().max() >= b.throttle().max() ? a : b));
        var held = List.copyOf(widest.values());
        return store.hold(tx, held, clock.instant())
                .chain(() -> store.recent(tx, held))
                .map(ThrottleHistory::new);
    }

    /** Writes down what has gone out since the history was recalled. */
    public Uni<Void> keep(Tx tx, ThrottleHistory history) {
        return history.added().isEmpty() ? Uni.createFrom().voidItem() : store.append(tx, history.added());
    }

    /** Deletes sends that no longer count. */
    void schedule(@Observes Jobs jobs) {
        jobs.job("throttles").every("5m").after("1m").runOncePer(EVERY, this::sweep);
    }

    /** A piece at a time, so that no transaction is long. */
    Uni<Void> sweep() {
        return transactions.inPortions(
                SWEPT_AT_ONCE,
                tx -> store.forget(tx, clock.instant(), clock.instant().minus(KEYS_KEPT), SWEPT_AT_ONCE));
    }
}
