package dev.carillon.eventsourced.memory;

import dev.carillon.platform.lww.AsOf;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What is remembered between events, as it stood at any position of the journal. Everything here is a set or a
 * last-writer-by-event-time value, folded in the transaction that appends: the order of arrival makes no difference to
 * what is known in the end, and the hour of the asking makes none to what was known at a position.
 */
@ApplicationScoped
public class Memory {

    /** Kinds of things remembered by id. */
    public static final String ORDER = "order";

    public static final String PRODUCT = "product";

    /** Kinds of things customers have. */
    public static final String CART = "cart";

    public static final String WISHLIST = "wishlist";

    /** A thing remembered by its id. */
    public record EntityKey(String tenant, String kind, String id) {}

    /** What customers have: a kind of having, and the object. */
    public record HolderKey(String tenant, String relation, String object) {}

    /** A set that a rule collects. */
    public record SetKey(String tenant, String rule, String key) {}

    private final PgMemory store;

    Memory(PgMemory store) {
        this.store = store;
    }

    /** The things that are known, as plain values. */
    public Uni<Map<AsOf<EntityKey>, Map<String, Object>>> entities(Tx tx, Collection<AsOf<EntityKey>> keys) {
        return keys.isEmpty() ? Uni.createFrom().item(Map.of()) : store.entities(tx, List.copyOf(keys));
    }

    /** Who has it: ids after {@code after}, in order. */
    public Uni<List<String>> having(Tx tx, AsOf<HolderKey> held, String after, int limit) {
        return store.having(tx, held, after, limit);
    }

    /** Whether one customer has it. */
    public Uni<Boolean> has(Tx tx, AsOf<HolderKey> held, String customerId) {
        return store.has(tx, held, customerId);
    }

    /** The sets of which something was heard. */
    public Uni<Map<AsOf<SetKey>, CollectedSet>> collected(Tx tx, Collection<AsOf<SetKey>> sets) {
        return sets.isEmpty() ? Uni.createFrom().item(Map.of()) : store.collected(tx, List.copyOf(sets));
    }
}
