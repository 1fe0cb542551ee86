package dev.carillon.apidriven.caller;

import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import dev.carillon.platform.steps.Journeys;
import dev.carillon.platform.steps.Step;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/** Reads and writes the platform's records for a team: its own, and those of other teams it has to look into. */
@ApplicationScoped
class Records {

    private final Transactions transactions;
    private final Journeys journeys;

    Records(Transactions transactions, Journeys journeys) {
        this.transactions = transactions;
        this.journeys = journeys;
    }

    /** Changes the team's own records. */
    <T> Uni<T> change(Function<Tx, Uni<T>> work) {
        return transactions.inTransaction(work);
    }

    /** Looks something up that the team would not need but for the notification. */
    <T> Uni<T> lookUp(Team team, String caller, String where, String what, Function<Tx, Uni<T>> work) {
        return transactions
                .inTransaction(work)
                .invoke(() -> journeys.step(
                        team.tenant(),
                        Step.StepKind.LOOKUP_BY_DOMAIN_TEAM,
                        caller,
                        where,
                        "looked up " + what,
                        () -> "to decide who is told"));
    }
}
