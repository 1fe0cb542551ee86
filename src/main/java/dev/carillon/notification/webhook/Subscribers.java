package dev.carillon.notification.webhook;

import dev.carillon.platform.jobs.Jobs;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Caches the webhook subscribers for a second at most. A tenant without subscribers costs one map look-up. */
@ApplicationScoped
class Subscribers {

    private final PgSubscriptions store;
    private final Transactions transactions;
    private volatile @Nullable Map<String, List<Subscription>> known;

    Subscribers(PgSubscriptions store, Transactions transactions) {
        this.store = store;
        this.transactions = transactions;
    }

    /** Tenant → those that are active. */
    Uni<Map<String, List<Subscription>>> active(Tx tx) {
        var now = known;
        return now != null ? Uni.createFrom().item(now) : store.active(tx).map(Subscribers::byTenant);
    }

    /** Whether a tenant has one that is active, or nobody here knows yet. */
    boolean mayBeOf(String tenant) {
        var now = known;
        return now == null || now.containsKey(tenant);
    }

    /** Finds a subscription. One that was just made on another replica may not be known here yet. */
    Uni<Optional<Subscription>> find(String tenant, String id) {
        var now = known;
        var found = now == null
                ? Optional.<Subscription>empty()
                : now.getOrDefault(tenant, List.of()).stream()
                        .filter(one -> one.id().equals(id))
                        .findFirst();
        return found.isPresent()
                ? Uni.createFrom().item(found)
                : transactions.inOneStatement(tx -> store.find(tx, tenant, id));
    }

    void schedule(@Observes Jobs jobs) {
        jobs.job("webhook-subscribers").every("1s").run(this::refresh);
    }

    /** After a change, so that it holds here at once. */
    Uni<Void> refresh() {
        return transactions
                .inOneStatement(store::active)
                .invoke(active -> known = byTenant(active))
                .replaceWithVoid();
    }

    private static Map<String, List<Subscription>> byTenant(List<Subscription> active) {
        return active.stream().collect(Collectors.groupingBy(Subscription::tenant));
    }
}
