package dev.carillon.platform.idempotency;

import dev.carillon.platform.jobs.Jobs;
import dev.carillon.platform.sql.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;

/** Deletes expired keys. An expired key that is not deleted yet does not count any more either. */
@ApplicationScoped
class IdempotencySweep {

    private static final int PORTION = 5_000;

    private static final Duration EVERY = Duration.ofMinutes(10);

    private final PgIdempotencyKeys store;
    private final Transactions transactions;
    private final Clock clock;

    IdempotencySweep(PgIdempotencyKeys store, Transactions transactions, Clock clock) {
        this.store = store;
        this.transactions = transactions;
        this.clock = clock;
    }

    void schedule(@Observes Jobs jobs) {
        jobs.job("idempotency").every("5m").after("1m").runOncePer(EVERY, this::forget);
    }

    /** Portion by portion, until a portion is not full. */
    Uni<Void> forget() {
        return transactions.inPortions(PORTION, tx -> store.forget(tx, clock.instant(), PORTION));
    }
}
