package dev.carillon.eventsourced.memory;

import static dev.carillon.platform.sql.PgArrays.texts;
import static dev.carillon.platform.sql.PgArrays.times;

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
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
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

    private static final String ENTITIES = """
            select w.n, e.data::text as data from unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) with ordinality as w(tenant, kind, id, position, n)
            cross join lateral (
              select data from memory_entity m where m.tenant = w.tenant and m.kind = w.kind and m.id = w.id and m.position <= w.position
              order by m.position desc limit 1) e
            """;

    private static final String STATES = """
            select w.n, e.state::text as state from unnest($1::text[], $2::text[], $3::text[]) with ordinality as w(tenant, kind, id, n)
            cross join lateral (
              select state from memory_entity m where m.tenant = w.tenant and m.kind = w.kind and m.id = w.id order by m.position desc limit 1) e
            """;

    private static final String INSERT_ENTITIES = """
            insert into memory_entity (tenant, kind, id, position, data, state)
            select tenant, kind, id, position, data::json, state::json
            from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[]) as t(tenant, kind, id, position, data, state)
            """;

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
            select w.n, r.as_of, r.as_of_position, r.event_id from unnest($1::text[], $2::text[], $3::text[], $4::text[]) with ordinality
              as w(tenant, relation, object, customer_id, n)
            cross join lateral (
              select as_of, as_of_position, event_id from memory_relation m
              where m.tenant = w.tenant and m.relation = w.relation and m.object = w.object and m.customer_id = w.customer_id
              order by m.position desc limit 1) r
            """;

    private static final String INSERT_HOLDERS = """
            insert into memory_relation (tenant, relation, object, customer_id, position, present, as_of, as_of_position, event_id)
            select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::boolean[], $7::timestamptz[], $8::bigint[], $9::text[])
            """;

    private static final String OPEN_SETS = """
            insert into memory_collection (tenant, rule, key, position, opened_at)
            select distinct on (tenant, rule, key) * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::timestamptz[])
              as t(tenant, rule, key, position, opened_at)
            order by tenant, rule, key, position
            on conflict do nothing
            """;

    private static final String STAMPS_OF_ITEMS = """
            select w.n, c.as_of, c.as_of_position, c.event_id from unnest($1::text[], $2::text[], $3::text[], $4::text[]) with ordinality as w(tenant, rule, key, item, n)
            cross join lateral (
              select as_of, as_of_position, event_id from memory_collected m where m.tenant = w.tenant and m.rule = w.rule and m.key = w.key and m.item = w.item
              order by m.position desc limit 1) c
            """;

    private static final String INSERT_ITEMS = """
            insert into memory_collected (tenant, rule, key, item, position, value, as_of, as_of_position, event_id)
            select tenant, rule, key, item, position, value::json, as_of, as_of_position, event_id
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::timestamptz[], $8::bigint[], $9::text[])
              as t(tenant, rule, key, item, position, value, as_of, as_of_position, event_id)
            """;

    private static final String COLLECTED = """
            select w.n, s.position, s.opened_at, c.item, c.value::text as value
            from unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) with ordinality as w(tenant, rule, key, position, n)
            join memory_collection s on s.tenant = w.tenant and s.rule = w.rule and s.key = w.key and s.position <= w.position
            left join lateral (
              select distinct on (m.item) m.item, m.value from memory_collected m
              where m.tenant = w.tenant and m.rule = w.rule and m.key = w.key and m.position <= w.position
              order by m.item, m.position desc) c on true
            """;

    private final Json json;

    PgMemory(Json json) {
        this.json = json;
    }

    Uni<Map<AsOf<EntityKey>, Map<String, Object>>> entities(Tx tx, List<AsOf<EntityKey>> keys) {
        return PgTx.connection(tx)
                .preparedQuery(ENTITIES)
                .execute(Tuple.of(
                        texts(keys, k -> k.key().tenant()),
                        texts(keys, k -> k.key().kind()),
                        texts(keys, k -> k.key().id()),
                        positions(keys)))
                .map(rows -> {
                    var entities = new HashMap<AsOf<EntityKey>, Map<String, Object>>();
                    rows.forEach(row -> entities.put(asked(keys, row), json.map(row.getString("data"))));
                    return entities;
                });
    }

    Uni<Map<EntityKey, LatestFields>> states(Tx tx, List<EntityKey> keys) {
        return PgTx.connection(tx)
                .preparedQuery(STATES)
                .execute(Tuple.of(
                        texts(keys, EntityKey::tenant), texts(keys, EntityKey::kind), texts(keys, EntityKey::id)))
                .map(rows -> {
                    var states = new HashMap<EntityKey, LatestFields>();
                    rows.forEach(
                            row -> states.put(asked(keys, row), json.read(row.getString("state"), LatestFields.class)));
                    return states;
                });
    }

    Uni<Void> insertEntities(Tx tx, List<EntityVersion> versions) {
        return versions.isEmpty()
                ? Uni.createFrom().voidItem()
                : PgTx.connection(tx)
                        .preparedQuery(INSERT_ENTITIES)
                        .execute(Tuple.of(
                                texts(versions, v -> v.key().tenant()),
                                texts(versions, v -> v.key().kind()),
                                texts(versions, v -> v.key().id()),
                                versions.stream().map(EntityVersion::position).toArray(Long[]::new),
                                texts(versions, v -> json.write(v.state().values())),
                                texts(versions, v -> json.write(v.state()))))
                        .replaceWithVoid();
    }

    Uni<List<String>> having(Tx tx, AsOf<HolderKey> held, String after, int limit) {
        var what = held.key();
        return PgTx.connection(tx)
                .preparedQuery(HAVING)
                .execute(Tuple.of(what.tenant(), what.relation(), what.object(), after, held.position(), limit))
                .map(rows -> {
                    var customers = new ArrayList<String>();
                    rows.forEach(row -> customers.add(row.getString("customer_id")));
                    return customers;
                });
    }

    Uni<Boolean> has(Tx tx, AsOf<HolderKey> held, String customerId) {
        var what = held.key();
        return PgTx.connection(tx)
                .preparedQuery(HAS)
                .execute(Tuple.of(what.tenant(), what.relation(), what.object(), customerId, held.position()))
                .map(rows -> rows.size() > 0 && rows.iterator().next().getBoolean("present"));
    }

    Uni<Map<Holder, Stamp>> stampsOfHolders(Tx tx, List<Holder> holders) {
        return PgTx.connection(tx)
                .preparedQuery(STAMPS_OF_HOLDERS)
                .execute(Tuple.of(
                        texts(holders, h -> h.held().tenant()),
                        texts(holders, h -> h.held().relation()),
                        texts(holders, h -> h.held().object()),
                        texts(holders, Holder::customerId)))
                .map(rows -> {
                    var stamps = new HashMap<Holder, Stamp>();
                    rows.forEach(row -> stamps.put(asked(holders, row), stamp(row)));
                    return stamps;
                });
    }

    Uni<Void> insertHolders(Tx tx, List<OfHolder> said) {
        return said.isEmpty()
                ? Uni.createFrom().voidItem()
                : PgTx.connection(tx)
                        .preparedQuery(INSERT_HOLDERS)
                        .execute(Tuple.tuple()
                                .addArrayOfString(texts(said, s -> s.held().tenant()))
                                .addArrayOfString(texts(said, s -> s.held().relation()))
                                .addArrayOfString(texts(said, s -> s.held().object()))
                                .addArrayOfString(texts(said, OfHolder::customerId))
                                .addArrayOfLong(
                                        said.stream().map(OfHolder::position).toArray(Long[]::new))
                                .addArrayOfBoolean(
                                        said.stream().map(OfHolder::present).toArray(Boolean[]::new))
                                .addArrayOfOffsetDateTime(
                                        times(said, s -> s.stamp().at()))
                                .addArrayOfLong(said.stream()
                                        .map(s -> s.stamp().position())
                                        .toArray(Long[]::new))
                                .addArrayOfString(texts(said, s -> s.stamp().by())))
                        .replaceWithVoid();
    }

    Uni<Void> openSets(Tx tx, List<OfSet> said) {
        return PgTx.connection(tx)
                .preparedQuery(OPEN_SETS)
                .execute(Tuple.of(
                        texts(said, s -> s.set().tenant()),
                        texts(said, s -> s.set().rule()),
                        texts(said, s -> s.set().key()),
                        said.stream().map(OfSet::position).toArray(Long[]::new),
                        times(said, s -> s.recordedAt())))
                .replaceWithVoid();
    }

    Uni<Map<SetItem, Stamp>> stampsOfItems(Tx tx, List<SetItem> items) {
        return items.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : PgTx.connection(tx)
                        .preparedQuery(STAMPS_OF_ITEMS)
                        .execute(Tuple.of(
                                texts(items, i -> i.set().tenant()),
                                texts(items, i -> i.set().rule()),
                                texts(items, i -> i.set().key()),
                                texts(items, SetItem::item)))
                        .map(rows -> {
                            var stamps = new HashMap<SetItem, Stamp>();
                            rows.forEach(row -> stamps.put(asked(items, row), stamp(row)));
                            return stamps;
                        });
    }

    Uni<Void> insertItems(Tx tx, List<OfSet> said) {
        return said.isEmpty()
                ? Uni.createFrom().voidItem()
                : PgTx.connection(tx)
                        .preparedQuery(INSERT_ITEMS)
                        .execute(Tuple.tuple()
                                .addArrayOfString(texts(said, s -> s.set().tenant()))
                                .addArrayOfString(texts(said, s -> s.set().rule()))
                                .addArrayOfString(texts(said, s -> s.set().key()))
                                .addArrayOfString(texts(said, OfSet::item))
                                .addArrayOfLong(
                                        said.stream().map(OfSet::position).toArray(Long[]::new))
                                .addArrayOfString(texts(said, s -> json.write(s.value())))
                                .addArrayOfOffsetDateTime(
                                        times(said, s -> s.stamp().at()))
                                .addArrayOfLong(said.stream()
                                        .map(s -> s.stamp().position())
                                        .toArray(Long[]::new))
                                .addArrayOfString(texts(said, s -> s.stamp().by())))
                        .replaceWithVoid();
    }

    Uni<Map<AsOf<SetKey>, CollectedSet>> collected(Tx tx, List<AsOf<SetKey>> sets) {
        return PgTx.connection(tx)
                .preparedQuery(COLLECTED)
                .execute(Tuple.of(
                        texts(sets, s -> s.key().tenant()),
                        texts(sets, s -> s.key().rule()),
                        texts(sets, s -> s.key().key()),
                        positions(sets)))
                .map(rows -> {
                    var collected = new HashMap<AsOf<SetKey>, CollectedSet>();
                    rows.forEach(row -> {
                        var set = collected.computeIfAbsent(
                                asked(sets, row),
                                key -> new CollectedSet(
                                        new HashMap<>(),
                                        row.getLong("position"),
                                        row.getOffsetDateTime("opened_at").toInstant()));
                        if (row.getString("item") != null) {
                            set.items().put(row.getString("item"), json.read(row.getString("value"), ANY));
                        }
                    });
                    return collected;
                });
    }

    private static Stamp stamp(Row row) {
        return new Stamp(
                row.getOffsetDateTime("as_of").toInstant(), row.getLong("as_of_position"), row.getString("event_id"));
    }

    private static <K> K asked(List<K> asked, Row row) {
        return asked.get(row.getLong("n").intValue() - 1);
    }

    private static Long[] positions(List<? extends AsOf<?>> keys) {
        return keys.stream().map(AsOf::position).toArray(Long[]::new);
    }
}
