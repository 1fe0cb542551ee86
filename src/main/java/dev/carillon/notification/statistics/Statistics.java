package dev.carillon.notification.statistics;

import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Counts what became of notifications, a minute behind: by then everything that bears an earlier time is committed, for no statement
 * lasts longer. Counting is beside the way of any notification, and asking reads hours, however many notifications they had.
 */
@ApplicationScoped
public class Statistics {

    private static final Duration BEHIND = Duration.ofSeconds(60);
    /** So much time is counted in one transaction, and more where nothing happened. */
    private static final Duration STRETCH = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int MOST_ROWS = 20_000;

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
        return transactions.inTransaction(tx -> store.progress(tx).chain(until -> store.query(tx, asked, MOST_ROWS + 1)
                .map(counted -> counted.size() > MOST_ROWS ? Optional.empty()
                        : Optional.of(new StatisticsView(asked.from(), asked.to(), asked.bucket().wire(), until, PgStatistics.rows(counted))))));
    }

    @Scheduled(every = "10s", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP, skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> look() {
        return count()
                .onFailure().invoke(failure -> Log.errorf("statistics were not counted; the next look goes on where they are: cause=%s", PgFailures.nameOf(failure)))
                .onFailure().recoverWithNull();
    }

    /** Stretch by stretch up to a minute ago. Of several replicas that look at once each finds what the others have left. */
    Uni<Void> count() {
        return count(STRETCH);
    }

    private record Stretch(boolean last, boolean empty) {
    }

    private Uni<Void> count(Duration length) {
        return transactions.inTransaction(tx -> store.lockProgress(tx).chain(from -> {
            var end = clock.instant().minus(BEHIND).truncatedTo(ChronoUnit.MILLIS);        // an id's time has no finer grain
            var to = earlier(from.plus(length), end);
            return to.isAfter(from) ? store.count(tx, from, to).map(found -> new Stretch(!to.isBefore(end), !found)) : Uni.createFrom().item(new Stretch(true, true));
        })).chain(done -> done.last() ? Uni.createFrom().voidItem() : count(done.empty() ? shorter(length.multipliedBy(4), LONGEST) : STRETCH));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
