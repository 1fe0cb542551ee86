package dev.carillon.delivery.outbox;

import dev.carillon.delivery.DeliveryListener.Moved;
import dev.carillon.delivery.DeliveryTransactionListener.Blocked;
import dev.carillon.delivery.DeliveryTransactionListeners;
import dev.carillon.delivery.RetrySchedule;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Records attempts, and what else has to change with them. A batch that nobody has anything to add to, as nearly all
 * are, is one statement and so its own transaction.
 */
@ApplicationScoped
class AttemptLog {

    private final PgAttempts store;
    private final PgEndings endings;
    private final DeliveryTransactionListeners listeners;
    private final Transactions transactions;

    AttemptLog(PgAttempts store, PgEndings endings, DeliveryTransactionListeners listeners, Transactions transactions) {
        this.store = store;
        this.endings = endings;
        this.listeners = listeners;
        this.transactions = transactions;
    }

    Uni<List<Moved>> complete(List<Attempt> attempts, Instant now) {
        return isAllThereIs(attempts)
                ? transactions.inOneStatement(tx -> store.complete(tx, attempts, now))
                : transactions.inTransaction(tx -> listeners
                        .blocked(tx, blocked(attempts, now))
                        .chain(() -> store.complete(tx, attempts, now))
                        .call(moved -> ended(tx, moved)));
    }

    Uni<List<Moved>> takeOver(Instant now) {
        return transactions
                .inTransaction(tx -> store.takeOver(tx, now, RetrySchedule.STANDARD.attempts())
                        .call(moved -> ended(tx, moved)))
                .chain(moved -> moved.size() < PgAttempts.TAKEN_OVER_AT_ONCE
                        ? Uni.createFrom().item(moved)
                        : takeOver(now)
                                .map(more -> Stream.concat(moved.stream(), more.stream())
                                        .toList()));
    }

    private boolean isAllThereIs(List<Attempt> attempts) {
        return attempts.stream()
                .allMatch(attempt -> attempt.block() == null
                        && !PgEndings.OUTCOMES.contains(attempt.outcome())
                        && !listeners.hear(attempt.leased().delivery().tenant()));
    }

    private static List<Blocked> blocked(List<Attempt> attempts, Instant now) {
        return attempts.stream()
                .flatMap(attempt -> blocked(attempt, now).stream())
                .toList();
    }

    private static Optional<Blocked> blocked(Attempt attempt, Instant now) {
        var delivery = attempt.leased().delivery();
        return Optional.ofNullable(attempt.block())
                .map(block -> new Blocked(
                        delivery.tenant(),
                        delivery.channel(),
                        delivery.recipient(),
                        block,
                        attempt.provider(),
                        String.valueOf(attempt.detail()),
                        now));
    }

    private Uni<Void> ended(Tx tx, List<Moved> moved) {
        return endings.write(tx, moved).chain(() -> listeners.moving(tx, moved));
    }
}
