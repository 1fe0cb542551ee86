package dev.carillon.eventsourced.memory;

import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What is remembered between events. Everything here is a set or a last-writer-by-event-time value, so the order of
 * arrival makes no difference.
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
    public record EntityKey(String tenant, String kind, String id) {
    }

    /** A set that a rule collects. */
    public record SetKey(String tenant, String rule, String key) {
    }

    /** What one event adds to a set; without an item it only looks. */
    public record Addition(SetKey set, @Nullable String item, @Nullable Object value, Instant asOf, String eventId) {
    }

    private final PgMemory store;

    Memory(PgMemory store) {
        this.store = store;
    }

    /** The things that are known, as plain values. */
    public Uni<Map<EntityKey, Map<String, Object>>> entities(Tx tx, Collection<EntityKey> keys) {
        return keys.isEmpty() ? Uni.createFrom().item(Map.of()) : store.entities(tx, List.copyOf(keys));
    }

    /** Who has {@code object} in their cart or on their wishlist: ids after {@code after}, in order. */
    public Uni<List<String>> having(Tx tx, String tenant, String relation, String object, String after, int limit) {
        return store.having(tx, tenant, relation, object, after, limit);
    }

    /**
     * Adds to sets and answers what is in them now. Holds each set until the transaction ends: of two events that
     * complete a set at the same time, the second sees the first.
     */
    public Uni<Map<SetKey, Map<String, Object>>> collect(Tx tx, List<Addition> additions) {
        return additions.isEmpty() ? Uni.createFrom().item(Map.of()) : store.collect(tx, additions);
    }
}
