package dev.carillon.notification.tracking;

import dev.carillon.platform.sql.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** What was decided, and why, for whoever asks afterwards. */
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
    public Uni<List<DecisionView>> ofEvent(String tenant, String eventId, String after, int limit) {
        return transactions.inTransaction(tx -> store.ofEvent(tx, tenant, eventId, after, limit));
    }
}
