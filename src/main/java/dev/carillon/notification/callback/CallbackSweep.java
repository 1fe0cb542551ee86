package dev.carillon.notification.callback;

import dev.carillon.platform.jobs.ClusterJobs;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;

/** Deletes the record of received callbacks when no provider repeats them any more. */
@ApplicationScoped
class CallbackSweep {

    private static final Duration EVERY = Duration.ofHours(1);
    private static final Duration KEPT = Duration.ofDays(7);
    private static final int PORTION = 5_000;

    private final PgReports store;
    private final ClusterJobs jobs;
    private final Transactions transactions;
    private final Clock clock;

    CallbackSweep(PgReports store, ClusterJobs jobs, Transactions transactions, Clock clock) {
        this.store = store;
        this.jobs = jobs;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Scheduled(
            every = "10m",
            delayed = "3m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> look() {
        return jobs.once("callbacks", EVERY, this::forget);
    }

    Uni<Void> forget() {
        return transactions.inPortions(
                PORTION, tx -> store.forget(tx, clock.instant().minus(KEPT), PORTION));
    }
}
