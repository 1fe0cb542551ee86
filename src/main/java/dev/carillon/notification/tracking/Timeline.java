package dev.carillon.notification.tracking;

import dev.carillon.notification.tracking.PgDecisions.CustomerDecision;
import dev.carillon.notification.tracking.TimelinePage.TimelineItem;
import dev.carillon.platform.sql.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was decided about a customer, with what became of it. */
@ApplicationScoped
class Timeline {

    /** Behind every id. */
    private static final String END = "~";

    private final PgDecisions decisions;
    private final PgTracking tracking;
    private final Transactions transactions;

    Timeline(PgDecisions decisions, PgTracking tracking, Transactions transactions) {
        this.decisions = decisions;
        this.tracking = tracking;
        this.transactions = transactions;
    }

    /** @param after {@code next} of the page before; null for the newest */
    Uni<TimelinePage> page(String tenant, String customerId, @Nullable String after, int limit) {
        return transactions.inTransaction(tx -> decisions
                .aboutCustomer(tx, tenant, customerId, after == null ? END : after, limit + 1)
                .chain(found -> {
                    var page = found.size() > limit ? found.subList(0, limit) : found;
                    var made = page.stream()
                            .map(CustomerDecision::decision)
                            .filter(one -> one.id().equals(one.notificationId()))
                            .map(DecisionView::id)
                            .toList();
                    return tracking.some(tx, tenant, made)
                            .map(notifications -> notifications.stream()
                                    .collect(Collectors.toMap(NotificationView::trackingId, Function.identity())))
                            .map(byId -> new TimelinePage(
                                    page.stream().map(one -> item(one, byId)).toList(),
                                    found.size() > limit
                                            ? page.get(limit - 1).decision().id()
                                            : null));
                }));
    }

    private static TimelineItem item(CustomerDecision one, Map<String, NotificationView> made) {
        return TimelineItem.of(one, made.get(one.decision().id()));
    }
}
