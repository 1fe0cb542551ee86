package dev.carillon.comparison.stage;

import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What the teams of a demo have committed: the fact, and with an outbox that it is still to be handled. */
@ApplicationScoped
class PgTeamFacts {

    private static final String PUT =
            "insert into bss_fact (tenant, n, team, says, waiting) values ($1, $2, $3, $4, $5)";

    private static final String WAITING =
            "select n from bss_fact where tenant = $1 and team = $2 and waiting order by n";

    private static final String HANDLED = "update bss_fact set waiting = false where tenant = $1 and n = $2";

    private static final String ALL = "select n from bss_fact where tenant = $1 order by n";

    Uni<Void> put(Tx tx, String tenant, int n, String team, String says, boolean waiting) {
        return PgRows.of(tx, PUT, tenant, n, team, says, waiting).done();
    }

    /** The numbers of those that a team has in its outbox. */
    Uni<List<Integer>> waiting(Tx tx, String tenant, String team) {
        return PgRows.of(tx, WAITING, tenant, team).list(row -> row.getInteger("n"));
    }

    Uni<Void> handled(Tx tx, String tenant, int n) {
        return PgRows.of(tx, HANDLED, tenant, n).done();
    }

    /** The numbers of all. */
    Uni<List<Integer>> all(Tx tx, String tenant) {
        return PgRows.of(tx, ALL, tenant).list(row -> row.getInteger("n"));
    }
}
