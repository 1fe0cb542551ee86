package dev.carillon.notification.statistics;

import dev.carillon.platform.jobs.Jobs;
import dev.carillon.platform.sql.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Optional;

/**
 * Counts notifications by what became of them. A query reads the hourly roll-ups and the counts not rolled up yet, so
 * its cost does not grow with the number of notifications.
 */
@ApplicationScoped
public class Statistics {

    private static final int MOST_ROWS = 20_000;
    private static final int GATHERED_AT_ONCE = 10_000;

    private final PgStatistics store;
    private final Transactions transactions;
    private final Clock clock;

    Statistics(PgStatistics store, Transactions transactions, Clock clock) {
        this.store = store;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Empty when the answer would be too long. */
    public Uni<Optional<StatisticsView>> of(StatisticsQuery asked) {
        return transactions.inTransaction(tx -> {
            var now = clock.instant();
            return store.query(tx, asked, MOST_ROWS + 1)
                    .map(counted -> counted.size() > MOST_ROWS
                            ? Optional.empty()
                            : Optional.of(new StatisticsView(
                                    asked.from(), asked.to(), asked.bucket().wire(), now, PgStatistics.rows(counted))));
        });
    }

    /** Replicas that look at once gather different rows. */
    void schedule(@Observes Jobs jobs) {
        jobs.job("statistics").every("10s").after("10s").run(this::gather);
    }

    Uni<Void> gather() {
        return transactions.inPortions(GATHERED_AT_ONCE, tx -> store.gather(tx, GATHERED_AT_ONCE));
    }
}
