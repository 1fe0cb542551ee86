package dev.carillon.platform.jobs;

import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Runs jobs that one replica does for all. Every replica asks; the job's row says who may. If a replica dies during a
 * job, another takes over when the lease ends. Runs missed during an outage are made up for by one run.
 */
@ApplicationScoped
public class ClusterJobs {

    private static final Duration LEASE = Duration.ofMinutes(10);

    private final PgJobs store;
    private final Transactions transactions;
    private final Clock clock;

    ClusterJobs(PgJobs store, Transactions transactions, Clock clock) {
        this.store = store;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Does the work unless it was done within {@code every}, or is being done.
     *
     * @param work repeatable: it is done again when it fails or its replica dies
     */
    public Uni<Void> once(String name, Duration every, Supplier<Uni<Void>> work) {
        var now = clock.instant();
        return transactions
                .inTransaction(tx -> store.claim(tx, name, now, now.minus(every), now.plus(LEASE)))
                .chain(ours -> ours ? done(name, work) : Uni.createFrom().voidItem())
                .onFailure()
                .invoke(failure -> Log.errorf(
                        "job failed; it runs again when its lease ends: job=%s cause=%s",
                        name, PgFailures.nameOf(failure)))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> done(String name, Supplier<Uni<Void>> work) {
        return Uni.createFrom()
                .deferred(work::get)
                .chain(() -> transactions.inTransaction(tx -> store.ended(tx, name, clock.instant())));
    }
}
