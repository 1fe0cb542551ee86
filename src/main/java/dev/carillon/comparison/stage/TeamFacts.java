package dev.carillon.comparison.stage;

import dev.carillon.platform.sql.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What the teams of a demo commit. Each call is a transaction. */
@ApplicationScoped
class TeamFacts {

    private final PgTeamFacts store;
    private final Transactions transactions;

    TeamFacts(PgTeamFacts store, Transactions transactions) {
        this.store = store;
        this.transactions = transactions;
    }

    /** @param waiting whether it is in the team's outbox as well */
    Uni<Void> put(String tenant, int n, String team, String says, boolean waiting) {
        return transactions.inTransaction(tx -> store.put(tx, tenant, n, team, says, waiting));
    }

    Uni<List<Integer>> waiting(String tenant, String team) {
        return transactions.inTransaction(tx -> store.waiting(tx, tenant, team));
    }

    Uni<Void> handled(String tenant, int n) {
        return transactions.inTransaction(tx -> store.handled(tx, tenant, n));
    }

    Uni<List<Integer>> all(String tenant) {
        return transactions.inTransaction(tx -> store.all(tx, tenant));
    }
}
