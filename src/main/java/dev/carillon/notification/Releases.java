package dev.carillon.notification;

import dev.carillon.delivery.dispatch.DeliveryBell;
import dev.carillon.delivery.outbox.HeldDelivery;
import dev.carillon.delivery.outbox.HeldReview;
import dev.carillon.delivery.outbox.Outbox;
import dev.carillon.delivery.outbox.ReleaseDecision;
import dev.carillon.delivery.outbox.ReleaseDecision.Release;
import dev.carillon.notification.Reviewer.Reviewed;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.notification.recipient.RecipientKey;
import dev.carillon.platform.jobs.Jobs;
import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Releases held notifications when they are due or something has changed. Each is re-evaluated against its recipient's
 * current preferences, and the result is written in the same transaction. Any number of replicas may run this at once.
 */
@ApplicationScoped
class Releases implements HeldReview {

    private static final int AT_ONCE = 500;

    private final Outbox outbox;
    private final RecipientDirectory recipients;
    private final PgNotificationLog log;
    private final Reviewer reviewer;
    private final DeliveryBell bell;
    private final DecisionMetrics metrics;
    private final Transactions transactions;
    private final Clock clock;

    Releases(
            Outbox outbox,
            RecipientDirectory recipients,
            PgNotificationLog log,
            Reviewer reviewer,
            DeliveryBell bell,
            DecisionMetrics metrics,
            Transactions transactions,
            Clock clock) {
        this.outbox = outbox;
        this.recipients = recipients;
        this.log = log;
        this.reviewer = reviewer;
        this.bell = bell;
        this.metrics = metrics;
        this.transactions = transactions;
        this.clock = clock;
    }

    void schedule(@Observes Jobs jobs) {
        jobs.job("releases").every("${carillon.dispatch.sweep:1s}").run(this::look);
    }

    Uni<Void> look() {
        return transactions
                .inTransaction(this::batch)
                .invoke(this::committed)
                .chain(batch -> batch.held() < AT_ONCE ? Uni.createFrom().voidItem() : look());
    }

    @Override
    public Uni<List<ReleaseDecision>> review(Tx tx, List<HeldDelivery> deliveries) {
        return deliveries.isEmpty()
                ? Uni.createFrom().item(List.of())
                : reviewed(tx, deliveries).map(reviewed -> new ReviewedBatch(deliveries.size(), reviewed).releases());
    }

    private record ReviewedBatch(int held, List<Reviewed> reviewed) {

        List<Review> reviews() {
            return reviewed.stream()
                    .flatMap(one -> Stream.ofNullable(one.review()))
                    .toList();
        }

        List<ReleaseDecision> releases() {
            return reviewed.stream().flatMap(one -> one.releases().stream()).toList();
        }
    }

    private Uni<ReviewedBatch> batch(Tx tx) {
        return outbox.held(tx, AT_ONCE)
                .chain(held -> held.isEmpty()
                        ? Uni.createFrom().item(new ReviewedBatch(0, List.of()))
                        : reviewed(tx, held)
                                .map(reviewed -> new ReviewedBatch(held.size(), reviewed))
                                .call(batch -> written(tx, batch)));
    }

    private Uni<Void> written(Tx tx, ReviewedBatch batch) {
        return log.recordReviewed(tx, batch.reviews()).chain(() -> outbox.settle(tx, batch.releases()));
    }

    private void committed(ReviewedBatch batch) {
        batch.reviews().forEach(metrics::decided);
        bell.ring(batch.releases().stream()
                .filter(Release.class::isInstance)
                .map(release -> release.delivery().channel())
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private Uni<List<Reviewed>> reviewed(Tx tx, List<HeldDelivery> held) {
        var byNotification = held.stream()
                .collect(Collectors.groupingBy(HeldDelivery::notificationId, LinkedHashMap::new, Collectors.toList()));
        var customers = held.stream().map(Releases::customer).distinct().toList();
        return recipients
                .find(tx, customers)
                .chain(known -> log.types(tx, byNotification.keySet())
                        .map(types -> byNotification.values().stream()
                                .map(deliveries -> reviewed(deliveries, types, known))
                                .toList()));
    }

    private Reviewed reviewed(
            List<HeldDelivery> deliveries, Map<String, String> types, Map<RecipientKey, Recipient> known) {
        var first = deliveries.get(0);
        var now = clock.instant();
        try {
            return reviewer.review(
                    deliveries, types.getOrDefault(first.notificationId(), ""), known.get(customer(first)), now);
        } catch (RuntimeException | StackOverflowError e) { // the others are released
            Log.errorf(
                    "held notification could not be evaluated; it is tried later: notification=%s cause=%s",
                    first.notificationId(), PgFailures.nameOf(e));
            return reviewer.postponed(deliveries, now);
        }
    }

    private static RecipientKey customer(HeldDelivery delivery) {
        return new RecipientKey(delivery.tenant(), delivery.customerId());
    }
}
