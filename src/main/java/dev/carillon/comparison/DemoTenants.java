package dev.carillon.comparison;

import dev.carillon.apidriven.caller.Team;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.jobs.Jobs;
import dev.carillon.platform.security.ApiKeys;
import dev.carillon.platform.security.Roles;
import dev.carillon.platform.security.ThrowawayTenant;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** Creates and deletes the tenants of demo runs. */
@ApplicationScoped
class DemoTenants {

    private static final Duration ABANDONED = Duration.ofMinutes(10);

    private final PgDemoTenants store;
    private final Transactions transactions;
    private final ApiKeys keys;
    private final Ids ids;
    private final Clock clock;

    DemoTenants(PgDemoTenants store, Transactions transactions, ApiKeys keys, Ids ids, Clock clock) {
        this.store = store;
        this.transactions = transactions;
        this.keys = keys;
        this.ids = ids;
        this.clock = clock;
    }

    /** A new tenant, and a key for the teams that call the API in its name. */
    Uni<Team> open() {
        return open(Set.of(Roles.SENDER));
    }

    /** The same, with a key that may do this. */
    Uni<Team> open(Set<String> roles) {
        var tenant = ThrowawayTenant.name(ids.next());
        return transactions
                .inTransaction(tx -> store.insert(tx, tenant, clock.instant()))
                .chain(() -> keys.issue(tenant, roles, "demo run"))
                .map(issued -> new Team(tenant, issued.secret()));
    }

    Uni<Void> close(String tenant) {
        return transactions.inTransaction(tx -> store.delete(tx, tenant));
    }

    void schedule(@Observes Jobs jobs) {
        jobs.job("demo-tenants").every("10m").after("1m").run(this::sweep);
    }

    /** Deletes the tenants of runs whose process died. */
    Uni<Void> sweep() {
        return transactions
                .inTransaction(tx -> store.abandoned(tx, clock.instant().minus(ABANDONED)))
                .onItem()
                .transformToMulti(tenants -> Multi.createFrom().iterable(tenants))
                .onItem()
                .transformToUniAndConcatenate(tenant -> close(tenant)
                        .invoke(() -> Log.infof("cleaned up after an abandoned demo run: tenant=%s", tenant))
                        .replaceWith(true))
                .collect()
                .asList()
                .replaceWithVoid();
    }
}
