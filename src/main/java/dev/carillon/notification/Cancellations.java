package dev.carillon.notification;

import dev.carillon.delivery.outbox.Outbox;
import dev.carillon.notification.decision.Gate;
import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.decision.Verdict;
import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.Status;
import dev.carillon.notification.tracking.Tracking;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Withdraws notifications that have not gone out yet. A delivery is either withdrawn or sent: both take its outbox row,
 * and the first one wins.
 */
@ApplicationScoped
public class Cancellations {

    private static final String DETAIL = "withdrawn by its caller";
    private static final Set<Status> REACHES_NOBODY = Set.of(Status.CANCELLED, Status.SUPPRESSED, Status.EXPIRED);

    private final Outbox outbox;
    private final PgNotificationLog log;
    private final PgBusinessKeys keys;
    private final Tracking tracking;
    private final Transactions transactions;
    private final Clock clock;

    Cancellations(
            Outbox outbox,
            PgNotificationLog log,
            PgBusinessKeys keys,
            Tracking tracking,
            Transactions transactions,
            Clock clock) {
        this.outbox = outbox;
        this.log = log;
        this.keys = keys;
        this.tracking = tracking;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * The result of a cancellation.
     *
     * @param won  whether nothing goes out on any channel
     * @param notification the notification as it is now
     */
    public record Cancellation(boolean won, NotificationView notification) {}

    /** Empty for another tenant's notification and for what is none. To do it twice changes nothing. */
    public Uni<Optional<Cancellation>> cancel(String tenant, String trackingId) {
        return tracking.find(tenant, trackingId)
                .chain(known -> known.isEmpty()
                        ? Uni.createFrom().item(Optional.empty())
                        : transactions
                                .inTransaction(tx -> withdraw(tx, tenant, trackingId))
                                .chain(() -> tracking.find(tenant, trackingId))
                                .map(found -> found.map(Cancellations::cancellation)));
    }

    private Uni<Void> withdraw(Tx tx, String tenant, String trackingId) {
        return outbox.withdraw(tx, tenant, trackingId, Reason.CANCELLED.name(), DETAIL)
                .map(Map::values)
                .chain(gone -> !gone.contains(true)
                        ? Uni.createFrom().voidItem()
                        : log.recordReviewed(tx, List.of(cancelled(trackingId)))
                                .chain(() -> keys.giveBack(tx, tenant, trackingId)));
    }

    private Review cancelled(String trackingId) {
        return new Review(
                trackingId,
                Verdict.SUPPRESS,
                Reason.CANCELLED,
                DETAIL,
                List.of(GateResult.refused(Gate.CANCEL, Reason.CANCELLED, DETAIL)),
                clock.instant(),
                null);
    }

    private static Cancellation cancellation(NotificationView notification) {
        return new Cancellation(
                notification.deliveries().stream().allMatch(delivery -> REACHES_NOBODY.contains(delivery.status())),
                notification);
    }
}
