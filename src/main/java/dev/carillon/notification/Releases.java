package dev.carillon.notification;

import dev.carillon.delivery.dispatch.DeliveryBell;
import dev.carillon.delivery.outbox.Clearance;
import dev.carillon.delivery.outbox.Clearance.Go;
import dev.carillon.delivery.outbox.HeldParcel;
import dev.carillon.delivery.outbox.Outbox;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.notification.tracking.NotificationLog;
import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Lets go what was held back, once its time has come: each notification is judged again on what its recipient wants now, and
 * what came of it is written in the same transaction. Any number of replicas may look at once.
 */
@ApplicationScoped
class Releases {

    private static final int AT_ONCE = 500;

    private final Outbox outbox;
    private final RecipientDirectory recipients;
    private final NotificationLog log;
    private final Reviewer reviewer;
    private final DeliveryBell bell;
    private final Transactions transactions;
    private final Clock clock;

    Releases(Outbox outbox, RecipientDirectory recipients, NotificationLog log, Reviewer reviewer, DeliveryBell bell,
             Transactions transactions, Clock clock) {
        this.outbox = outbox;
        this.recipients = recipients;
        this.log = log;
        this.reviewer = reviewer;
        this.bell = bell;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Scheduled(every = "${carillon.dispatch.sweep:1s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP, skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> look() {
        return transactions.inTransaction(this::batch)
                .invoke(batch -> bell.ring(batch.channels()))
                .chain(batch -> batch.size() < AT_ONCE ? Uni.createFrom().voidItem() : look())
                .onFailure().invoke(failure -> Log.errorf("what was held back could not be judged; the next look tries again: cause=%s", PgFailures.nameOf(failure)))
                .onFailure().recoverWithNull();
    }

    /** How many were looked at, and on which channels some may go. */
    private record Batch(int size, TreeSet<String> channels) {
    }

    private Uni<Batch> batch(Tx tx) {
        return outbox.held(tx, AT_ONCE).chain(held -> held.isEmpty() ? Uni.createFrom().item(new Batch(0, new TreeSet<>()))
                : judged(tx, held).chain(cleared -> outbox.settle(tx, cleared).replaceWith(new Batch(held.size(), channels(cleared)))));
    }

    private Uni<List<Clearance>> judged(Tx tx, List<HeldParcel> held) {
        var byNotification = held.stream().collect(Collectors.groupingBy(HeldParcel::notificationId, LinkedHashMap::new, Collectors.toList()));
        var customers = held.stream().map(Releases::customer).distinct().toList();
        return recipients.find(tx, customers).chain(known -> log.types(tx, byNotification.keySet())
                .map(types -> byNotification.values().stream().map(parcels -> judged(parcels, types, known)).toList()))
                .call(all -> log.recordReviewed(tx, all.stream().map(Reviewer.Reviewed::review).toList()))
                .map(all -> all.stream().flatMap(one -> one.clearances().stream()).toList());
    }

    private Reviewer.Reviewed judged(List<HeldParcel> parcels, Map<String, String> types, Map<Recipient.Key, Recipient> known) {
        var first = parcels.get(0);
        var now = clock.instant();
        try {
            return reviewer.review(parcels, types.getOrDefault(first.notificationId(), ""), known.get(customer(first)), now);
        } catch (RuntimeException e) {
            Log.errorf("what was held back could not be judged and is tried later: notification=%s cause=%s", first.notificationId(), PgFailures.nameOf(e));
            return reviewer.postponed(parcels, now);
        }
    }

    private static Recipient.Key customer(HeldParcel parcel) {
        return new Recipient.Key(parcel.tenant(), parcel.customerId());
    }

    private static TreeSet<String> channels(List<Clearance> cleared) {
        return cleared.stream().filter(Go.class::isInstance).map(go -> go.parcel().channel()).collect(Collectors.toCollection(TreeSet::new));
    }
}
