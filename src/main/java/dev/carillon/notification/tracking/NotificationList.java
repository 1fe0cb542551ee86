package dev.carillon.notification.tracking;

import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists a tenant's notifications, newest first, page by page. One page reads a few thousand rows at most, however few
 * of them match.
 */
@ApplicationScoped
public class NotificationList {

    private static final int STRETCHES = 10;
    private static final byte[] HIGHEST = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1};

    private final PgNotificationList store;
    private final Transactions transactions;
    private final Ids ids;

    NotificationList(PgNotificationList store, Transactions transactions, Ids ids) {
        this.store = store;
        this.transactions = transactions;
        this.ids = ids;
    }

    /** @param after what the page before gave as next; null for the first */
    public Uni<NotificationPage> page(String tenant, NotificationFilter filter, @Nullable String after, int limit) {
        var before = after == null ? newest(filter.to()) : after;
        return transactions.inTransaction(tx -> gathered(tx, tenant, filter, before, limit, List.of(), STRETCHES));
    }

    /** Later than every id of a time: made a minute ahead, for the clocks of those who made them need not agree. */
    private String newest(@Nullable Instant to) {
        return to != null ? Ids.of(to, new byte[10]) : Ids.of(ids.now().plusSeconds(60), HIGHEST);
    }

    private Uni<NotificationPage> gathered(
            Tx tx,
            String tenant,
            NotificationFilter filter,
            String before,
            int limit,
            List<NotificationView> found,
            int left) {
        if (left == 0) {
            return Uni.createFrom().item(new NotificationPage(found, before));
        }
        return store.end(tx, tenant, filter, before)
                .chain(end -> end.isEmpty()
                        ? Uni.createFrom().item(new NotificationPage(found, null))
                        : store.fitting(tx, tenant, filter, before, end.get().id())
                                .chain(more -> {
                                    var all = new ArrayList<>(found);
                                    more.stream().filter(filter::holdsFor).forEach(all::add);
                                    if (all.size() > limit) {
                                        var page = List.copyOf(all.subList(0, limit));
                                        return Uni.createFrom()
                                                .item(new NotificationPage(
                                                        page,
                                                        page.get(limit - 1).trackingId()));
                                    }
                                    return end.get().more()
                                            ? gathered(
                                                    tx,
                                                    tenant,
                                                    filter,
                                                    end.get().id(),
                                                    limit,
                                                    all,
                                                    left - 1)
                                            : Uni.createFrom().item(new NotificationPage(List.copyOf(all), null));
                                }));
    }
}
