package dev.carillon.platform.idempotency;

import dev.carillon.platform.jobs.ClusterJobs;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;

/** Deletes expired keys. An expired key that is not deleted yet does not count any more either. */
@ApplicationScoped
class IdempotencySweep {

    private static final int PORTION = 5_000;

    private static final Duration EVERY = Duration.ofMinutes(10);

    private final PgIdempotencyKeys store;
    private final ClusterJobs jobs;
    private final Transactions transactions;
    private final Clock clock;

    IdempotencySweep(PgIdempotencyKeys store, ClusterJobs jobs, Transactions transactions, Clock clock) {
        this.store = store;
        this.jobs = jobs;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Scheduled(
            every = "5m",
            delayed = "1m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> sweep() {
        return jobs.once("idempotency", EVERY, this::forget);
    }

    /** Portion by portion, until a portion is not full. */
    Uni<Void> forget() {
        return transactions.inPortions(PORTION, tx -> store.forget(tx, clock.instant(), PORTION));
    }
}
