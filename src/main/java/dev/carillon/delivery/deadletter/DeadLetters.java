package dev.carillon.delivery.deadletter;

import dev.carillon.delivery.deadletter.PgDeadLetters.RequeuedDelivery;
import dev.carillon.delivery.dispatch.DeliveryBell;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Redrives and purges dead letters: the only ways out. Both are recorded with who asked for them. */
@ApplicationScoped
public class DeadLetters {

    private static final String HIGHEST = "7ZZZZZZZZZZZZZZZZZZZZZZZZZ~";

    private final PgDeadLetters store;
    private final DeliveryBell bell;
    private final Transactions transactions;
    private final Clock clock;

    DeadLetters(PgDeadLetters store, DeliveryBell bell, Transactions transactions, Clock clock) {
        this.store = store;
        this.bell = bell;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** @param after what the page before gave as next; null for the first */
    public Uni<DeadLetterPage> page(String tenant, DeadLetterFilter filter, @Nullable String after, int limit) {
        return transactions
                .inTransaction(tx -> store.page(tx, tenant, filter, after == null ? HIGHEST : after, limit + 1))
                .map(found -> found.size() <= limit
                        ? new DeadLetterPage(found, null)
                        : new DeadLetterPage(
                                List.copyOf(found.subList(0, limit)),
                                found.get(limit - 1).deliveryId()));
    }

    /** Empty for another tenant's and for what is no dead letter, or none any more. */
    public Uni<Optional<DeadLetterHistory>> find(String tenant, String id) {
        return !Ids.isId(id)
                ? Uni.createFrom().item(Optional.empty())
                : transactions.inTransaction(tx -> store.find(tx, tenant, id)
                        .chain(found -> found.isEmpty()
                                ? Uni.createFrom().item(Optional.empty())
                                : store.attempts(tx, tenant, id)
                                        .chain(attempts -> store.actions(tx, tenant, id)
                                                .map(actions -> Optional.of(
                                                        new DeadLetterHistory(found.get(), attempts, actions))))));
    }

    /** Puts one back into the outbox, its attempts beginning anew; of several callers at once one does. */
    Uni<RedriveResult> redrive(String tenant, String id, String by) {
        return !Ids.isId(id)
                ? Uni.createFrom().item(new RedriveResult.NotFound())
                : transactions
                        .inTransaction(tx -> store.redrive(tx, tenant, List.of(id), clock.instant(), by)
                                .chain(queued -> queued.isEmpty()
                                        ? refused(tx, tenant, id).map(why -> new Redriven(queued, why))
                                        : Uni.createFrom()
                                                .item(new Redriven(
                                                        queued,
                                                        new RedriveResult.Requeued(
                                                                id,
                                                                queued.get(0).notificationId())))))
                        .invoke(redriven -> ring(redriven.queued()))
                        .map(Redriven::one);
    }

    /** Like {@link #redrive} for all that match, oldest first, up to {@code limit}; expired ones stay. */
    public Uni<BulkAnswer> redrive(String tenant, DeadLetterFilter filter, int limit, String by) {
        var now = clock.instant();
        return transactions
                .inTransaction(tx -> store.ofUse(tx, tenant, filter, now, limit + 1)
                        .chain(ids -> store.redrive(tx, tenant, ids.subList(0, Math.min(limit, ids.size())), now, by)
                                .chain(queued -> store.expired(tx, tenant, filter, now)
                                        .map(expired -> new Bulk(
                                                queued,
                                                new BulkAnswer(
                                                        "redriven", queued.size(), expired, ids.size() > limit))))))
                .invoke(bulk -> ring(bulk.queued()))
                .map(Bulk::answer);
    }

    /** Puts one away for good; false when it is no dead letter. Its delivery stays dead-lettered. */
    public Uni<Boolean> purge(String tenant, String id, String by) {
        return !Ids.isId(id)
                ? Uni.createFrom().item(false)
                : transactions
                        .inTransaction(tx -> store.purge(tx, tenant, List.of(id), clock.instant(), by))
                        .map(purged -> purged > 0);
    }

    /** Like {@link #purge} for all that match, oldest first, up to {@code limit}. */
    public Uni<BulkAnswer> purge(String tenant, DeadLetterFilter filter, int limit, String by) {
        return transactions.inTransaction(tx -> store.all(tx, tenant, filter, limit + 1)
                .chain(ids -> store.purge(tx, tenant, ids.subList(0, Math.min(limit, ids.size())), clock.instant(), by)
                        .map(purged -> new BulkAnswer("purged", purged, 0, ids.size() > limit))));
    }

    private record Redriven(List<RequeuedDelivery> queued, RedriveResult one) {}

    private record Bulk(List<RequeuedDelivery> queued, BulkAnswer answer) {}

    private Uni<RedriveResult> refused(Tx tx, String tenant, String id) {
        return store.find(tx, tenant, id).chain(found -> {
            if (found.isEmpty()) {
                return store.movedBefore(tx, tenant, id)
                        .map(moved -> moved ? new RedriveResult.Gone() : new RedriveResult.NotFound());
            }
            var expiresAt = found.get().expiresAt();
            return Uni.createFrom()
                    .<RedriveResult>item(
                            expiresAt == null ? new RedriveResult.NotFound() : new RedriveResult.Expired(expiresAt));
        });
    }

    private void ring(List<RequeuedDelivery> queued) {
        bell.ring(queued.stream().map(RequeuedDelivery::channel).collect(Collectors.toCollection(TreeSet::new)));
    }
}
