package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.bus.DomainBus;
import dev.carillon.eventsourced.event.EventTypes;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.platform.security.ThrowawayTenant;
import dev.carillon.platform.sql.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/**
 * Reactions to the events of one throwaway tenant each, made of the same parts as that of everybody. They can be
 * stopped, killed and begun again without anybody else noticing, and can have rules of their own.
 */
@ApplicationScoped
public class ApartReactions {

    private final DomainBus bus;
    private final Transactions transactions;
    private final Triggers triggers;
    private final TracedReaction reaction;
    private final ApartTenants tenants;

    ApartReactions(
            DomainBus bus,
            Transactions transactions,
            Triggers triggers,
            TracedReaction reaction,
            ApartTenants tenants) {
        this.bus = bus;
        this.transactions = transactions;
        this.triggers = triggers;
        this.reaction = reaction;
        this.tenants = tenants;
    }

    /**
     * Answers the tenant apart from now on: nothing of it may be in the journal yet.
     *
     * @param book its rules; null for those in force
     */
    public Uni<ApartReaction> begin(String tenant, @Nullable RuleBook book) {
        if (!ThrowawayTenant.is(tenant)) {
            throw new IllegalArgumentException(tenant + " is nobody's demo run");
        }
        tenants.put(tenant, book);
        var apart = new ApartReaction(
                () -> new ReactionLoop(ApartTenants.address(tenant), transactions, triggers, reaction, () -> {}),
                died -> new ReactionLoop(
                        ApartTenants.address(tenant),
                        new DyingTransactions(transactions, died),
                        triggers,
                        reaction,
                        () -> {}),
                now -> tenants.put(tenant, now),
                () -> tenants.remove(tenant));
        return Uni.join()
                .all(EventTypes.addresses().stream()
                        .map(address -> bus.listen(address, published -> apart.heard(published, tenant)))
                        .toList())
                .andFailFast()
                .map(apart::heardBy);
    }
}
