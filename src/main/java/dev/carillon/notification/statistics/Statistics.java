package dev.carillon.notification.statistics;

import dev.carillon.platform.jobs.Jobs;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Counts notifications by what became of them. A query reads the hourly roll-ups and the counts not rolled up yet, so
 * its cost does not grow with the number of notifications.
 */
@ApplicationScoped
public class Statistics {

    private static final int MOST_ROWS = 20_000;
    private static final int GATHERED_AT_ONCE = 10_000;
    /** How far back the counts of each minute go. */
    private static final Duration RECENT = Duration.ofHours(1);

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

    /** How many deliveries reached a status in a minute. */
    public record InMinute(Instant at, String channel, String provider, String status, long count) {}

    /** How many notifications or deliveries ended for a reason in an hour. */
    public record ForReason(Instant at, String status, String reason, long count) {}

    /** By channel, provider and status, from that minute on; an hour back at most. */
    public Uni<List<InMinute>> rates(Tx tx, String tenant, Instant from) {
        return store.rates(tx, tenant, from, MOST_ROWS)
                .map(counted -> counted.stream()
                        .map(one -> new InMinute(
                                one.at(),
                                String.valueOf(one.channel()),
                                String.valueOf(one.provider()),
                                one.status(),
                                one.count()))
                        .toList());
    }

    /** By status, in the hours from {@code from} to {@code to}. */
    public Uni<List<ForReason>> reasons(Tx tx, String tenant, Instant from, Instant to) {
        return store.reasons(tx, tenant, from, to, MOST_ROWS)
                .map(counted -> counted.stream()
                        .map(one -> new ForReason(one.at(), one.status(), String.valueOf(one.reason()), one.count()))
                        .toList());
    }

    /** Replicas that look at once gather different rows. */
    void schedule(@Observes Jobs jobs) {
        jobs.job("statistics").every("10s").after("10s").run(this::gather);
    }

    Uni<Void> gather() {
        var recent = clock.instant().minus(RECENT).truncatedTo(ChronoUnit.MINUTES);
        return transactions
                .inPortions(GATHERED_AT_ONCE, tx -> store.gather(tx, GATHERED_AT_ONCE, recent))
                .chain(() ->
                        transactions.inPortions(GATHERED_AT_ONCE, tx -> store.forget(tx, recent, GATHERED_AT_ONCE)));
    }
}
