package dev.carillon.eventsourced.memory;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.carillon.eventsourced.memory.Memory.EntityKey;
import dev.carillon.eventsourced.memory.Memory.HolderKey;
import dev.carillon.eventsourced.memory.Memory.SetKey;
import dev.carillon.eventsourced.memory.Remembering.OfHolder;
import dev.carillon.eventsourced.memory.Remembering.OfSet;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.lww.AsOf;
import dev.carillon.platform.lww.LatestFields;
import dev.carillon.platform.lww.Stamp;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The SQL of memory: one row for each version, valid from its position until the next one's. Table names are not
 * qualified, so a replay can put side tables before them in the search path.
 */
@ApplicationScoped
class PgMemory {

    private static final TypeReference<Object> ANY = new TypeReference<>() {};

    /** A version of a thing, from a position on. */
    record EntityVersion(EntityKey key, long position, LatestFields state) {}

    /** A customer who has something or had it. */
    record Holder(HolderKey held, String customerId) {

        static Holder of(OfHolder said) {
            return new Holder(said.held(), said.customerId());
        }
    }

    /** An item of a set. */
    record SetItem(SetKey set, String item) {

        static SetItem of(OfSet said) {
            return new SetItem(said.set(), String.valueOf(said.item()));
        }
    }

    private static final PgColumns<EntityKey> ENTITY = PgColumns.<EntityKey>of()
            .text("tenant", EntityKey::tenant)
            .text("kind", EntityKey::kind)
            .text("id", EntityKey::id);
    private static final PgColumns<AsOf<EntityKey>> ENTITY_AS_OF =
            ENTITY.<AsOf<EntityKey>>in(AsOf::key).bigint("position", AsOf::position);
    private static final PgColumns<EntityVersion> VERSION = ENTITY.in(EntityVersion::key)
            .bigint("position", EntityVersion::position)
            .json("data", version -> version.state().values())
            .json("state", EntityVersion::state);

    private static final PgColumns<Stamp> STAMP = PgColumns.<Stamp>of()
            .time("as_of", Stamp::at)
            .bigint("as_of_position", Stamp::position)
            .text("event_id", Stamp::by);

    private static final PgColumns<HolderKey> HELD = PgColumns.<HolderKey>of()
            .text("tenant", HolderKey::tenant)
            .text("relation", HolderKey::relation)
            .text("object", HolderKey::object);
    private static final PgColumns<Holder> HOLDER = HELD.in(Holder::held).text("customer_id", Holder::customerId);
    private static final PgColumns<OfHolder> SAID_OF_HOLDER = HELD.in(OfHolder::held)
            .text("customer_id", OfHolder::customerId)
            .bigint("position", OfHolder::position)
            .bool("present", OfHolder::present)
            .and(STAMP.in(OfHolder::stamp));

    private static final PgColumns<SetKey> SET = PgColumns.<SetKey>of()
            .text("tenant", SetKey::tenant)
            .text("rule", SetKey::rule)
            .text("key", SetKey::key);
    private static final PgColumns<AsOf<SetKey>> SET_AS_OF =
            SET.<AsOf<SetKey>>in(AsOf::key).bigint("position", AsOf::position);
    private static final PgColumns<OfSet> OPENED =
            SET.in(OfSet::set).bigint("position", OfSet::position).time("opened_at", OfSet::recordedAt);
    private static final PgColumns<SetItem> ITEM = SET.in(SetItem::set).text("item", SetItem::item);
    private static final PgColumns<OfSet> SAID_OF_SET = SET.in(OfSet::set)
            .text("item", OfSet::item)
            .bigint("position", OfSet::position)
            .json("value", OfSet::value)
            .and(STAMP.in(OfSet::stamp));

    private static final String ENTITIES = """
            select w.n, e.data::text as data from %s
            cross join lateral (
              select data from memory_entity m where m.tenant = w.tenant and m.kind = w.kind and m.id = w.id and m.position <= w.position
              order by m.position desc limit 1) e
            """.formatted(ENTITY_AS_OF.numbered("w"));

    private static final String STATES = """
            select w.n, e.state::text as state from %s
            cross join lateral (
              select state from memory_entity m where m.tenant = w.tenant and m.kind = w.kind and m.id = w.id order by m.position desc limit 1) e
            """.formatted(ENTITY.numbered("w"));

    private static final String INSERT_ENTITIES = VERSION.insertInto("memory_entity");

    private static final String HAVING = """
            select customer_id from (
              select distinct on (customer_id) customer_id, present from memory_relation
              where tenant = $1 and relation = $2 and object = $3 and customer_id > $4 and position <= $5
              order by customer_id, position desc) latest
            where present limit $6
            """;

    private static final String HAS = """
            select present from memory_relation where tenant = $1 and relation = $2 and object = $3 and customer_id = $4 and position <= $5
            order by position desc limit 1
            """;

    private static final String STAMPS_OF_HOLDERS = """
            select w.n, r.as_of, r.as_of_position, r.event_id from %s
            cross join lateral (
              select as_of, as_of_position, event_id from memory_relation m
              where m.tenant = w.tenant and m.relation = w.relation and m.object = w.object and m.customer_id = w.customer_id
              order by m.position desc limit 1) r
            """.formatted(HOLDER.numbered("w"));

    private static final String INSERT_HOLDERS = SAID_OF_HOLDER.insertInto("memory_relation");

    private static final String OPEN_SETS = """
            insert into memory_collection (%s)
            select distinct on (tenant, rule, key) * from %s
            order by tenant, rule, key, position
            on conflict do nothing
            """.formatted(OPENED.names(), OPENED.unnest("t"));

    private static final String STAMPS_OF_ITEMS = """
            select w.n, c.as_of, c.as_of_position, c.event_id from %s
            cross join lateral (
              select as_of, as_of_position, event_id from memory_collected m where m.tenant = w.tenant and m.rule = w.rule and m.key = w.key and m.item = w.item
              order by m.position desc limit 1) c
            """.formatted(ITEM.numbered("w"));

    private static final String INSERT_ITEMS = SAID_OF_SET.insertInto("memory_collected");

    private static final String COLLECTED = """
            select w.n, s.position, s.opened_at, c.item, c.value::text as value
            from %s
            join memory_collection s on s.tenant = w.tenant and s.rule = w.rule and s.key = w.key and s.position <= w.position
            left join lateral (
              select distinct on (m.item) m.item, m.value from memory_collected m
              where m.tenant = w.tenant and m.rule = w.rule and m.key = w.key and m.position <= w.position
              order by m.item, m.position desc) c on true
            """.formatted(SET_AS_OF.numbered("w"));

    private final Json json;

    PgMemory(Json json) {
        this.json = json;
    }

    Uni<Map<AsOf<EntityKey>, Map<String, Object>>> entities(Tx tx, List<AsOf<EntityKey>> keys) {
        return PgRows.of(tx, ENTITIES, ENTITY_AS_OF.of(keys))
                .map(row -> PgRows.asked(keys, row), row -> json.map(row.getString("data")));
    }

    Uni<Map<EntityKey, LatestFields>> states(Tx tx, List<EntityKey> keys) {
        return PgRows.of(tx, STATES, ENTITY.of(keys))
                .map(row -> PgRows.asked(keys, row), row -> json.read(row.getString("state"), LatestFields.class));
    }

    Uni<Void> insertEntities(Tx tx, List<EntityVersion> versions) {
        return PgRows.of(tx, INSERT_ENTITIES, VERSION.of(json, versions)).done();
    }

    Uni<List<String>> having(Tx tx, AsOf<HolderKey> held, String after, int limit) {
        var what = held.key();
        return PgRows.of(tx, HAVING, what.tenant(), what.relation(), what.object(), after, held.position(), limit)
                .list(row -> row.getString("customer_id"));
    }

    Uni<Boolean> has(Tx tx, AsOf<HolderKey> held, String customerId) {
        var what = held.key();
        return PgRows.of(tx, HAS, what.tenant(), what.relation(), what.object(), customerId, held.position())
                .first(row -> row.getBoolean("present"))
                .map(present -> present.orElse(false));
    }

    Uni<Map<Holder, Stamp>> stampsOfHolders(Tx tx, List<Holder> holders) {
        return PgRows.of(tx, STAMPS_OF_HOLDERS, HOLDER.of(holders))
                .map(row -> PgRows.asked(holders, row), PgMemory::stamp);
    }

    Uni<Void> insertHolders(Tx tx, List<OfHolder> said) {
        return PgRows.of(tx, INSERT_HOLDERS, SAID_OF_HOLDER.of(said)).done();
    }

    Uni<Void> openSets(Tx tx, List<OfSet> said) {
        return PgRows.of(tx, OPEN_SETS, OPENED.of(said)).done();
    }

    Uni<Map<SetItem, Stamp>> stampsOfItems(Tx tx, List<SetItem> items) {
        return PgRows.of(tx, STAMPS_OF_ITEMS, ITEM.of(items)).map(row -> PgRows.asked(items, row), PgMemory::stamp);
    }

    Uni<Void> insertItems(Tx tx, List<OfSet> said) {
        return PgRows.of(tx, INSERT_ITEMS, SAID_OF_SET.of(json, said)).done();
    }

    Uni<Map<AsOf<SetKey>, CollectedSet>> collected(Tx tx, List<AsOf<SetKey>> sets) {
        return PgRows.of(tx, COLLECTED, SET_AS_OF.of(sets)).rows().map(rows -> {
            var collected = new HashMap<AsOf<SetKey>, CollectedSet>();
            rows.forEach(row -> {
                var set = collected.computeIfAbsent(
                        PgRows.asked(sets, row),
                        key -> new CollectedSet(
                                new HashMap<>(), row.getLong("position"), PgTimes.instant(row, "opened_at")));
                if (row.getString("item") != null) {
                    set.items().put(row.getString("item"), json.read(row.getString("value"), ANY));
                }
            });
            return collected;
        });
    }

    private static Stamp stamp(Row row) {
        return new Stamp(PgTimes.instant(row, "as_of"), row.getLong("as_of_position"), row.getString("event_id"));
    }
}
