package dev.carillon.notification.inbox;

import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Customers' inboxes. Every known customer has one; for an unknown customer the answers are empty. */
@ApplicationScoped
public class Inbox {

    private static final int AT_ONCE = 500;

    private final PgInbox store;
    private final RecipientDirectory recipients;
    private final Transactions transactions;
    private final Clock clock;

    Inbox(PgInbox store, RecipientDirectory recipients, Transactions transactions, Clock clock) {
        this.store = store;
        this.recipients = recipients;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** @param after {@code next} of the page before; null for the newest */
    public Uni<Optional<InboxPage>> page(
            String tenant, String customerId, boolean unreadOnly, @Nullable Long after, int limit) {
        var before = after == null ? Long.MAX_VALUE : after;
        return ofKnown(
                tenant,
                customerId,
                tx -> store.newest(tx, tenant, customerId, unreadOnly, before, limit + 1)
                        .map(found -> InboxPage.of(found, limit)));
    }

    public Uni<Optional<Unread>> unread(String tenant, String customerId) {
        return ofKnown(
                tenant,
                customerId,
                tx -> store.unread(tx, tenant, customerId, Unread.MOST + 1).map(Unread::of));
    }

    /** Whether there is such a message; to read it twice changes nothing. */
    public Uni<Optional<Boolean>> read(String tenant, String customerId, long id) {
        return ofKnown(tenant, customerId, tx -> store.read(tx, tenant, customerId, id, clock.instant()));
    }

    /** Marks everything up to a message as read, a portion at a time, and answers what is unread then. */
    public Uni<Optional<Unread>> readUpTo(String tenant, String customerId, long id) {
        return ofKnown(tenant, customerId, tx -> store.readUpTo(tx, tenant, customerId, id, clock.instant(), AT_ONCE))
                .chain(read -> read.isEmpty() || read.get() < AT_ONCE
                        ? unread(tenant, customerId)
                        : readUpTo(tenant, customerId, id));
    }

    /**
     * Whether there was such a message. The record that it existed stays, so a repeated attempt does not bring it back.
     */
    public Uni<Optional<Boolean>> remove(String tenant, String customerId, long id) {
        return ofKnown(tenant, customerId, tx -> store.remove(tx, tenant, customerId, id, clock.instant()));
    }

    private <T> Uni<Optional<T>> ofKnown(String tenant, String customerId, Function<Tx, Uni<T>> answer) {
        return transactions.inTransaction(tx -> recipients
                .find(tx, tenant, customerId)
                .chain(known -> known.isEmpty()
                        ? Uni.createFrom().item(Optional.<T>empty())
                        : answer.apply(tx).map(Optional::of)));
    }
}
