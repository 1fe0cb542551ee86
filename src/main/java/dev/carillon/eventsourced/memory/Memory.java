package dev.carillon.eventsourced.memory;

import dev.carillon.platform.lww.AsOf;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What Carillon remembers between events, as of any journal position. Everything in it is a set or a
 * last-writer-by-event-time value, folded in the transaction that appends. So the order of arrival does not change the
 * final state, and an answer as of a position is always the same.
 */
@ApplicationScoped
public class Memory {

    /** Kinds of things remembered by id. */
    public static final String ORDER = "order";

    public static final String PRODUCT = "product";

    /** Kinds of things customers have. */
    public static final String CART = "cart";

    public static final String WISHLIST = "wishlist";

    /** The key of a thing with an id. */
    public record EntityKey(String tenant, String kind, String id) {}

    /** The key of who has what: a relation (cart, wishlist) and the product. */
    public record HolderKey(String tenant, String relation, String object) {}

    /** The key of a set that a rule collects. */
    public record SetKey(String tenant, String rule, String key) {}

    private final PgMemory store;

    Memory(PgMemory store) {
        this.store = store;
    }

    /** The things that are known, as plain values. */
    public Uni<Map<AsOf<EntityKey>, Map<String, Object>>> entities(Tx tx, Collection<AsOf<EntityKey>> keys) {
        return keys.isEmpty() ? Uni.createFrom().item(Map.of()) : store.entities(tx, List.copyOf(keys));
    }

    /** The customers who have it: ids after {@code after}, in order. */
    public Uni<List<String>> having(Tx tx, AsOf<HolderKey> held, String after, int limit) {
        return store.having(tx, held, after, limit);
    }

    /** Whether one customer has it. */
    public Uni<Boolean> has(Tx tx, AsOf<HolderKey> held, String customerId) {
        return store.has(tx, held, customerId);
    }

    /** The sets that have any items. */
    public Uni<Map<AsOf<SetKey>, CollectedSet>> collected(Tx tx, Collection<AsOf<SetKey>> sets) {
        return sets.isEmpty() ? Uni.createFrom().item(Map.of()) : store.collected(tx, List.copyOf(sets));
    }
}
