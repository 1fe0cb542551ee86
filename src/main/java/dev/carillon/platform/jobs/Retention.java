package dev.carillon.platform.jobs;

import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Deletes data past its retention: whole weekly partitions are dropped, which is cheap; the rest is deleted in
 * portions.
 */
@ApplicationScoped
class Retention {

    private static final Duration DAILY = Duration.ofHours(24);
    private static final int PORTION = 5_000;

    private final RetentionSettings settings;
    private final PgRetention store;
    private final Transactions transactions;
    private final Clock clock;

    Retention(RetentionSettings settings, PgRetention store, Transactions transactions, Clock clock) {
        this.settings = settings;
        this.store = store;
        this.transactions = transactions;
        this.clock = clock;
    }

    void schedule(@Observes Jobs jobs) {
        jobs.job("retention")
                .every("${carillon.retention.look-every:10m}")
                .after("${carillon.retention.look-after:2m}")
                .runOncePer(DAILY, this::forget);
    }

    /** Each step is its own transaction: one that does not get its lock in time rolls back no other. */
    Uni<Void> forget() {
        var now = clock.instant();
        return dropped(tx -> store.dropEvents(tx, now.minus(settings.events())))
                .chain(() -> dropped(tx -> store.dropDeliveries(tx, now.minus(settings.notifications()))))
                .chain(() -> dropped(tx -> store.dropDecisions(tx, now.minus(settings.decisions()))))
                .chain(() -> transactions.inPortions(
                        PORTION, tx -> store.forgetDeadLetters(tx, now.minus(settings.deadLetters()), PORTION)))
                .chain(() -> transactions.inPortions(
                        PORTION, tx -> store.forgetBusinessKeys(tx, now.minus(settings.businessKeys()), PORTION)))
                .chain(() -> transactions.inPortions(
                        PORTION, tx -> store.forgetSeenEvents(tx, now.minus(settings.seenEvents()), PORTION)))
                .chain(() -> transactions.inPortions(
                        PORTION, tx -> store.forgetInboxMessages(tx, now.minus(settings.inbox()), PORTION)));
    }

    private Uni<Void> dropped(Function<Tx, Uni<List<String>>> drop) {
        return transactions
                .inTransaction(drop::apply)
                .invoke(weeks -> {
                    if (!weeks.isEmpty()) {
                        Log.infof("dropped partitions past their retention: %s", weeks);
                    }
                })
                .replaceWithVoid();
    }
}
