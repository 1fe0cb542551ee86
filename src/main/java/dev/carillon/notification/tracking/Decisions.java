package dev.carillon.notification.tracking;

import dev.carillon.notification.decision.EventRef;
import dev.carillon.notification.decision.RuleRef;
import dev.carillon.notification.decision.Verdict;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;

/** Reads back what was decided, and why. */
@ApplicationScoped
public class Decisions {

    private final PgDecisions store;
    private final Transactions transactions;

    Decisions(PgDecisions store, Transactions transactions) {
        this.store = store;
        this.transactions = transactions;
    }

    /**
     * The decisions an event led to, oldest first: a price drop may have led to a hundred thousand.
     *
     * @param after the last id of the page before, empty for the first page
     */
    public Uni<List<DecisionView>> ofEvent(String tenant, EventRef event, String after, int limit) {
        return transactions.inTransaction(tx -> store.ofEvent(tx, tenant, event, after, limit));
    }

    /**
     * The decisions about a notification, oldest first: the one that made it, and later ones where it was held, cancelled, or
     * gathered from several events.
     *
     * @param after the last id of the page before, empty for the first page
     */
    Uni<List<DecisionView>> ofNotification(String tenant, String trackingId, String after, int limit) {
        return transactions.inTransaction(tx -> store.ofNotification(tx, tenant, trackingId, after, limit));
    }

    /** All of a tenant that led to no notification, oldest first. Only for tenants as small as a demo run. */
    public Uni<List<DecisionView>> ignored(String tenant) {
        return transactions.inTransaction(tx -> store.all(tx, tenant, Verdict.IGNORE));
    }

    /** The rules that were asked about an event, in the order of their ids. */
    public Uni<List<RuleRef>> rulesOf(Tx tx, String tenant, EventRef event) {
        return store.rules(tx, tenant, event);
    }

    /** These rules' decisions about one customer for an event, oldest first. */
    public Uni<List<DecisionView>> ofCustomer(
            Tx tx, String tenant, EventRef event, String customerId, Collection<String> rules) {
        return store.ofCustomer(tx, tenant, event, customerId, rules);
    }
}
