package dev.carillon.platform.idempotency;

import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;

/** Forgets keys whose time is over; a key nobody swept yet counts as forgotten all the same. */
@ApplicationScoped
class IdempotencySweep {

    private static final int PORTION = 5_000;

    private final PgIdempotencyKeys store;
    private final Transactions transactions;
    private final Clock clock;

    IdempotencySweep(PgIdempotencyKeys store, Transactions transactions, Clock clock) {
        this.store = store;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Scheduled(every = "10m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP, skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> sweep() {
        return forget().onFailure().invoke(failure -> Log.warnf("idempotency keys not swept, tried again in ten minutes: failure=%s", PgFailures.nameOf(failure)))
                .onFailure().recoverWithNull();
    }

    /** Portion by portion, until a portion is not full. */
    Uni<Void> forget() {
        return transactions.inTransaction(tx -> store.forget(tx, clock.instant(), PORTION))
                .chain(forgotten -> forgotten < PORTION ? Uni.createFrom().voidItem() : forget());
    }
}
