package dev.carillon.delivery.outbox;

import dev.carillon.delivery.DeliveryListener.Moved;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The durable queue between deciding and sending. A delivery enqueued in a committed transaction is tried until it is
 * sent, dead-lettered or expired. A claim is a lease, and only the holder of its token can complete it.
 */
@ApplicationScoped
public class Outbox {

    private final Enqueuing enqueuing;
    private final PgOutbox store;
    private final PgHolds holds;
    private final PgErasedDeliveries erased;
    private final Claims claims;
    private final AttemptLog attempts;
    private final Transactions transactions;
    private final Clock clock;

    Outbox(
            Enqueuing enqueuing,
            PgOutbox store,
            PgHolds holds,
            PgErasedDeliveries erased,
            Claims claims,
            AttemptLog attempts,
            Transactions transactions,
            Clock clock) {
        this.enqueuing = enqueuing;
        this.store = store;
        this.holds = holds;
        this.erased = erased;
        this.claims = claims;
        this.attempts = attempts;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Puts deliveries into the outbox. When {@code tx} is committed, the ones that are due go: the channels' bells ring by
     * themselves.
     */
    public Uni<Void> enqueue(Tx tx, List<NewDelivery> deliveries) {
        return enqueuing.enqueue(tx, deliveries);
    }

    /** Claims held deliveries that are due for re-evaluation; nobody else sees them until {@code tx} ends. */
    public Uni<List<HeldDelivery>> held(Tx tx, int limit) {
        return holds.due(tx, clock.instant(), limit);
    }

    /** Does with held deliveries what was found. */
    public Uni<Void> settle(Tx tx, List<ReleaseDecision> decisions) {
        return holds.settle(tx, decisions, clock.instant());
    }

    /**
     * Makes the held deliveries of these customers due for re-evaluation soon, because something about them has
     * changed.
     */
    public Uni<Void> lookAgain(Tx tx, List<HeldFor> customers) {
        return customers.isEmpty() ? Uni.createFrom().voidItem() : holds.lookAgain(tx, customers, clock.instant());
    }

    /**
     * Removes a notification's deliveries that are not being sent, for good. If a sender died with one, it may already
     * be at its provider, and stays.
     *
     * @return channel → whether it was taken out; nothing of channels that had ended before
     */
    public Uni<Map<String, Boolean>> withdraw(
            Tx tx, String tenant, String notificationId, String reason, String detail) {
        return holds.withdraw(tx, tenant, notificationId, reason, detail);
    }

    /**
     * Withdraws an erased recipient's deliveries that are not being sent, and removes their texts and addresses.
     *
     * @return how many are being sent, and have to be looked at later
     */
    public Uni<Integer> erase(Tx tx, List<String> notificationIds, String reason, String detail) {
        return erased.withdraw(tx, notificationIds, reason, detail).call(() -> erased.blank(tx, notificationIds));
    }

    /** The customer a delivery may be held for. */
    public record HeldFor(String tenant, String customerId) {}

    /** Leases due deliveries of a channel: high priority first; in a lane tenants share; of a tenant oldest first. */
    public Uni<ClaimedDeliveries> claim(String channel, Lanes lanes, Duration lease) {
        return claims.isOneStatement(channel)
                ? transactions.inOneStatement(tx -> claims.claim(tx, channel, lanes, clock.instant(), lease))
                : transactions.inTransaction(tx -> claims.claim(tx, channel, lanes, clock.instant(), lease));
    }

    /**
     * Claims the delivery that probes whether a provider works again: preferably one that was never tried, because a
     * failed one may have failed for its own reasons.
     */
    public Uni<ClaimedDeliveries> claimProbe(String channel, Lanes lanes, Duration lease) {
        return transactions.inTransaction(tx -> claims.claimProbe(tx, channel, lanes, clock.instant(), lease));
    }

    /**
     * Like {@link #claim(String, Lanes, Duration)}, for a channel with many destinations. Deliveries whose destination
     * is not free are set aside, so that nobody waits behind them.
     */
    public Uni<ClaimedDeliveries> claim(String channel, Lanes lanes, Duration lease, Admission admission) {
        return transactions.inTransaction(tx -> claims.claim(tx, channel, lanes, clock.instant(), lease, admission));
    }

    /** Gives back what was claimed and will not be sent: it is due again at once, and no attempt is burnt. */
    public Uni<Void> release(List<LeasedDelivery> leased) {
        return transactions.inOneStatement(tx -> store.release(tx, leased));
    }

    /** The same, but due later. */
    public Uni<Void> postpone(LeasedDelivery leased, Instant until) {
        return transactions.inOneStatement(tx -> store.postpone(tx, leased, until));
    }

    /**
     * Records attempts and returns the deliveries that moved. A delivery whose lease was lost is not among them. What
     * attempts say about addresses is kept all the same, and written first: it needs the journal's lock, and the
     * journal is always locked before a row of the outbox.
     */
    public Uni<List<Moved>> complete(List<Attempt> tried) {
        return attempts.complete(tried, clock.instant());
    }

    /**
     * Makes deliveries due again whose holder has died: their outcome is unknown, and recorded as such. One that outlives its
     * last attempt like this is dead-lettered: it may be what its holders died of.
     */
    public Uni<List<Moved>> takeOver() {
        return attempts.takeOver(clock.instant());
    }
}
