package dev.carillon.platform.jobs;

import dev.carillon.platform.sql.Transactions;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;

/**
 * Creates the weekly partitions ahead of time, at the start and every day on one replica, so that rows find their
 * week's partition.
 */
@ApplicationScoped
class Partitions {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int WEEKS_AHEAD = 8;

    private static final Duration DAILY = Duration.ofHours(24);

    private final PgPartitions store;
    private final Transactions transactions;
    private final Clock clock;

    Partitions(PgPartitions store, Transactions transactions, Clock clock) {
        this.store = store;
        this.transactions = transactions;
        this.clock = clock;
    }

    void start(@Observes @Priority(60) StartupEvent started) {
        ahead().await().atMost(DEADLINE);
    }

    void schedule(@Observes Jobs jobs) {
        jobs.job("partitions").every("10m").after("10m").runOncePer(DAILY, this::ahead);
    }

    private Uni<Void> ahead() {
        return transactions
                .inTransaction(tx -> store.make(tx, clock.instant(), WEEKS_AHEAD + 1))
                .invoke(made -> {
                    if (made > 0) {
                        Log.infof("created %d partitions ahead of time", made);
                    }
                })
                .replaceWithVoid();
    }
}
