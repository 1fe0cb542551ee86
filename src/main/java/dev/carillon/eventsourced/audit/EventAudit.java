package dev.carillon.eventsourced.audit;

import dev.carillon.eventsourced.journal.Portion;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.notification.tracking.Decisions;
import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.Tracking;
import dev.carillon.platform.sql.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what events led to. */
@ApplicationScoped
class EventAudit {

    private final PgEventAudit store;
    private final Transactions transactions;
    private final Decisions decisions;
    private final Tracking tracking;

    EventAudit(PgEventAudit store, Transactions transactions, Decisions decisions, Tracking tracking) {
        this.store = store;
        this.transactions = transactions;
        this.decisions = decisions;
        this.tracking = tracking;
    }

    Uni<EventPage> page(EventFilter filter) {
        var oneMore = new EventFilter(
                filter.tenant(),
                filter.type(),
                filter.subject(),
                filter.from(),
                filter.to(),
                filter.after(),
                filter.limit() + 1);
        return transactions
                .inTransaction(tx -> store.page(tx, oneMore))
                .map(entries -> EventPage.of(entries, filter.limit()));
    }

    /** @param after the last decision of the page before; empty for the first page */
    Uni<Optional<EventView>> event(String tenant, String id, @Nullable String source, String after, int limit) {
        return transactions
                .inTransaction(tx -> store.find(tx, tenant, id, source))
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(Optional.empty())
                        : decisions
                                .ofEvent(tenant, found.get().eventRef(), after, limit + 1)
                                .map(all -> Optional.of(EventView.of(
                                        found.get(),
                                        all.size() > limit ? all.subList(0, limit) : all,
                                        after.isEmpty(),
                                        all.size() > limit))));
    }

    Uni<Audit> audit(String tenant, String user, int limit) {
        return transactions
                .inTransaction(tx -> store.recent(tx, tenant, user, limit))
                .chain(events -> tracking.newest(tenant, user, limit)
                        .chain(notifications -> audit(tenant, user, events, limit, notifications)));
    }

    private Uni<Audit> audit(
            String tenant,
            String user,
            Portion<RecordedEvent> recent,
            int limit,
            List<NotificationView> notifications) {
        return transactions
                .inTransaction(tx -> store.types(tx, tenant, notifications))
                .map(types -> Audit.of(user, recent.events(), isCut(recent, limit), notifications, types));
    }

    /** Whether there are fewer than were asked for, though there are more. */
    private static boolean isCut(Portion<RecordedEvent> recent, int limit) {
        return recent.more() && recent.events().size() < limit;
    }
}
