package dev.carillon.comparison;

import dev.carillon.comparison.RunReport.SuppressedMessage;
import dev.carillon.comparison.RunReport.ToldMessage;
import dev.carillon.notification.tracking.DecisionView;
import dev.carillon.notification.tracking.Decisions;
import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.Status;
import dev.carillon.notification.tracking.Tracking;
import dev.carillon.platform.sql.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;

/** The result of a demo run, read from the notification records. */
@ApplicationScoped
class RunOutcome {

    private final Tracking tracking;
    private final Decisions decisions;
    private final PgDemoTenants store;
    private final Transactions transactions;

    RunOutcome(Tracking tracking, Decisions decisions, PgDemoTenants store, Transactions transactions) {
        this.tracking = tracking;
        this.decisions = decisions;
        this.store = store;
        this.transactions = transactions;
    }

    /** The numbers of notifications and ignored events before the scenario began. */
    record Before(int notifications, int ignored) {}

    record Since(List<ToldMessage> messages, List<SuppressedMessage> suppressed) {}

    Uni<Boolean> atRest(String tenant) {
        return transactions.inTransaction(tx -> store.atRest(tx, tenant));
    }

    Uni<Before> before(String tenant) {
        return tracking.all(tenant)
                .chain(notifications ->
                        decisions.ignored(tenant).map(ignored -> new Before(notifications.size(), ignored.size())));
    }

    Uni<Since> since(String tenant, Before before) {
        return tracking.all(tenant)
                .chain(notifications -> decisions
                        .ignored(tenant)
                        .map(ignored -> since(
                                notifications.subList(before.notifications(), notifications.size()),
                                ignored.subList(before.ignored(), ignored.size()))));
    }

    private static Since since(List<NotificationView> notifications, List<DecisionView> ignored) {
        return new Since(
                notifications.stream().flatMap(RunOutcome::messages).toList(),
                Stream.concat(
                                ignored.stream().map(RunOutcome::suppressed),
                                notifications.stream().flatMap(RunOutcome::suppressed))
                        .toList());
    }

    private static Stream<ToldMessage> messages(NotificationView notification) {
        return notification.deliveries().stream()
                .filter(delivery -> delivery.status() != Status.SUPPRESSED)
                .map(delivery -> new ToldMessage(
                        notification.trackingId(),
                        notification.customerId(),
                        notification.type(),
                        delivery.channel(),
                        delivery.recipient(),
                        delivery.subject(),
                        delivery.body(),
                        delivery.status().wire(),
                        notification.createdAt()));
    }

    private static SuppressedMessage suppressed(DecisionView ignored) {
        return new SuppressedMessage(
                ignored.customerId(), null, ignored.reason().name(), ignored.detail());
    }

    private static Stream<SuppressedMessage> suppressed(NotificationView notification) {
        var channels = notification.deliveries().stream()
                .filter(delivery -> delivery.status() == Status.SUPPRESSED)
                .map(delivery -> new SuppressedMessage(
                        notification.customerId(), delivery.channel(), delivery.reason(), delivery.detail()))
                .toList();
        return channels.isEmpty() && notification.reason() != null
                ? Stream.of(new SuppressedMessage(
                        notification.customerId(), null, notification.reason().name(), notification.detail()))
                : channels.stream();
    }
}
