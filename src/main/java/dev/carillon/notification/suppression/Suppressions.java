package dev.carillon.notification.suppression;

import dev.carillon.notification.preference.Suppression;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The suppressed addresses. Each change has a position in the journal, as a change of preferences has, so that a
 * decision as of a position can be repeated.
 */
@ApplicationScoped
public class Suppressions {

    private final PgSuppressions store;
    private final RecipientDirectory recipients;
    private final Transactions transactions;
    private final Ids ids;

    Suppressions(PgSuppressions store, RecipientDirectory recipients, Transactions transactions, Ids ids) {
        this.store = store;
        this.recipients = recipients;
        this.transactions = transactions;
        this.ids = ids;
    }

    /** Keeps what is news: who is suppressed already for a cause stays so as of the first time. Holds the journal until {@code tx} ends. */
    public Uni<Void> change(Tx tx, List<SuppressionChange> changes) {
        return changes.isEmpty()
                ? Uni.createFrom().voidItem()
                : recipients.nextPosition(tx).chain(position -> store.change(tx, changes, position));
    }

    /** Suppresses an address for a cause; answers what holds of it then. */
    public Uni<SuppressionView> suppress(SuppressionChange change) {
        var cause = Objects.requireNonNull(change.cause());
        return transactions.inTransaction(tx -> change(tx, List.of(change))
                .chain(() -> store.find(tx, change.tenant(), change.channel(), change.address(), cause))
                .map(Optional::orElseThrow));
    }

    /** Empty when it does not hold, or not any more. */
    public Uni<Optional<SuppressionView>> find(String tenant, String id) {
        return transactions.inTransaction(tx -> store.find(tx, tenant, id));
    }

    /** Whether there was such a one; what the address is suppressed for besides holds on. */
    public Uni<Boolean> lift(String tenant, String id, String by) {
        return transactions.inTransaction(tx ->
                recipients.nextPosition(tx).chain(position -> store.lift(tx, tenant, id, by, position, ids.now())));
    }

    /** @param address null for any; asked for with its channel, whose way of comparing it is */
    public Uni<SuppressionPage> page(
            String tenant, @Nullable String channel, @Nullable String address, @Nullable String after, int limit) {
        var compared = address == null || channel == null ? null : Suppression.comparable(channel, address);
        return transactions
                .inTransaction(tx -> store.page(tx, tenant, channel, compared, after == null ? "" : after, limit + 1))
                .map(found -> found.size() <= limit
                        ? new SuppressionPage(found, null)
                        : new SuppressionPage(
                                List.copyOf(found.subList(0, limit)),
                                found.get(limit - 1).id()));
    }
}
