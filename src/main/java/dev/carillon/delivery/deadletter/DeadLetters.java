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

    /** How many dead letters a summary counts, and how much it says of them. */
    static final int SUMMED = 100_000;

    static final int GROUPS = 500;
    static final int CAUSES = 50;

    private final PgDeadLetters store;
    private final RedriveRehearsal rehearsal;
    private final DeliveryBell bell;
    private final Transactions transactions;
    private final Clock clock;

    DeadLetters(
            PgDeadLetters store,
            RedriveRehearsal rehearsal,
            DeliveryBell bell,
            Transactions transactions,
            Clock clock) {
        this.store = store;
        this.rehearsal = rehearsal;
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
                        .inTransaction(tx -> store.redrive(tx, tenant, List.of(id), clock.instant(), by, null)
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

    /**
     * Like {@link #redrive} for all that match, oldest first, up to {@code limit}; expired ones stay.
     *
     * @param id of the redrive: when it is asked for again, it is answered as it was done
     */
    public Uni<RedriveReport> redrive(String id, String tenant, DeadLetterFilter filter, int limit, String by) {
        var now = clock.instant();
        return transactions
                .inTransaction(tx -> store.redrive(tx, tenant, id)
                        .chain(before -> store.ofUse(tx, tenant, filter, now, limit + 1)
                                .chain(ids -> before.isPresent()
                                        ? Uni.createFrom()
                                                .item(new Bulk(List.of(), report(before.get(), !ids.isEmpty())))
                                        : redriven(tx, tenant, new Redrive(id, filter, 0, 0, now, by), ids, limit))))
                .invoke(bulk -> ring(bulk.queued()))
                .map(Bulk::report);
    }

    private Uni<Bulk> redriven(Tx tx, String tenant, Redrive wanted, List<String> ids, int limit) {
        return store.redrive(tx, tenant, first(ids, limit), wanted.at(), wanted.by(), wanted.redriveId())
                .chain(queued -> store.expired(tx, tenant, wanted.filter(), wanted.at())
                        .map(expired -> new Redrive(
                                wanted.redriveId(), wanted.filter(), queued.size(), expired, wanted.at(), wanted.by()))
                        .call(done -> queued.isEmpty() ? Uni.createFrom().voidItem() : store.insert(tx, tenant, done))
                        .map(done -> new Bulk(queued, report(done, ids.size() > limit))));
    }

    private static RedriveReport report(Redrive done, boolean more) {
        return new RedriveReport(
                "redriven", done.count() == 0 ? null : done.redriveId(), done.count(), done.expired(), more, null);
    }

    /** What {@link #redrive(String, String, DeadLetterFilter, int, String)} would do now; nothing is done. */
    public Uni<RedriveReport> rehearse(String tenant, DeadLetterFilter filter, int limit) {
        var now = clock.instant();
        return transactions.inTransaction(tx -> store.ofUse(tx, tenant, filter, now, limit + 1)
                .chain(ids -> rehearsal
                        .of(tx, tenant, first(ids, limit), now)
                        .chain(rehearsed -> store.expired(tx, tenant, filter, now)
                                .map(expired -> new RedriveReport(
                                        "rehearsed",
                                        null,
                                        first(ids, limit).size() - rehearsed.erased(),
                                        expired,
                                        ids.size() > limit,
                                        rehearsed)))));
    }

    private static List<String> first(List<String> ids, int limit) {
        return ids.subList(0, Math.min(limit, ids.size()));
    }

    /** Newest first. */
    public Uni<RedrivePage> redrives(String tenant, @Nullable String after, int limit) {
        return transactions
                .inTransaction(tx -> store.redrives(tx, tenant, after == null ? HIGHEST : after, limit + 1))
                .map(found -> found.size() <= limit
                        ? new RedrivePage(found, null)
                        : new RedrivePage(
                                List.copyOf(found.subList(0, limit)),
                                found.get(limit - 1).redriveId()));
    }

    /** A redrive, and what became of its deliveries so far; empty for another tenant's. */
    public Uni<Optional<RedriveOutcome>> outcome(String tenant, String id) {
        return !Ids.isId(id)
                ? Uni.createFrom().item(Optional.empty())
                : transactions.inTransaction(tx -> store.redrive(tx, tenant, id)
                        .chain(found -> found.isEmpty()
                                ? Uni.createFrom().item(Optional.empty())
                                : store.became(tx, tenant, id)
                                        .map(became -> Optional.of(RedriveOutcome.of(found.get(), became)))));
    }

    /** How many match, by what they have in common. */
    public Uni<DeadLetterSummary> summary(String tenant, DeadLetterFilter filter) {
        return transactions.inTransaction(tx -> store.summary(tx, tenant, filter, clock.instant()));
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
                        .map(purged -> new BulkAnswer("purged", purged, ids.size() > limit))));
    }

    private record Redriven(List<RequeuedDelivery> queued, RedriveResult one) {}

    private record Bulk(List<RequeuedDelivery> queued, RedriveReport report) {}

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
