package dev.carillon.eventsourced.memory;

import static dev.carillon.platform.sql.PgArrays.texts;
import static dev.carillon.platform.sql.PgArrays.times;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.carillon.eventsourced.memory.Memory.Addition;
import dev.carillon.eventsourced.memory.Memory.EntityKey;
import dev.carillon.eventsourced.memory.Memory.SetKey;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Memory, as SQL. Every upsert offers only the latest of a batch (a row can be updated once a statement), takes rows in
 * the order of their keys (two batches never wait for each other in a circle), and yields to what is newer already.
 */
@ApplicationScoped
class PgMemory {

    private static final TypeReference<Object> ANY = new TypeReference<>() {
    };

    private static final String ENTITIES = """
            select e.tenant, e.kind, e.id, e.data::text as data
            from (select distinct tenant, kind, id from unnest($1::text[], $2::text[], $3::text[]) as t(tenant, kind, id)) asked
            join memory_entity e using (tenant, kind, id)
            """;

    private static final String HAVING = """
            select customer_id from memory_relation
            where tenant = $1 and relation = $2 and object = $3 and customer_id > $4 and present order by customer_id limit $5
            """;

    private static final String UPSERT_ENTITIES = """
            insert into memory_entity as m (tenant, kind, id, data, as_of, event_id)
            select distinct on (tenant, kind, id) tenant, kind, id, data::json, as_of, event_id
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::text[]) as t(tenant, kind, id, data, as_of, event_id)
            order by tenant, kind, id, as_of desc, event_id collate "C" desc
            on conflict (tenant, kind, id) do update set data = excluded.data, as_of = excluded.as_of, event_id = excluded.event_id
            where (excluded.as_of, excluded.event_id) > (m.as_of, m.event_id)
            """;

    private static final String UPSERT_RELATIONS = """
            insert into memory_relation as m (tenant, relation, object, customer_id, present, as_of, event_id)
            select distinct on (tenant, relation, object, customer_id) tenant, relation, object, customer_id, present, as_of, event_id
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::boolean[], $6::timestamptz[], $7::text[])
              as t(tenant, relation, object, customer_id, present, as_of, event_id)
            order by tenant, relation, object, customer_id, as_of desc, event_id collate "C" desc
            on conflict (tenant, relation, object, customer_id) do update
            set present = excluded.present, as_of = excluded.as_of, event_id = excluded.event_id
            where (excluded.as_of, excluded.event_id) > (m.as_of, m.event_id)
            """;

    private static final String HOLD_SETS = """
            insert into memory_collection as m (tenant, rule, key, touched_at)
            select distinct on (tenant, rule, key) tenant, rule, key, as_of
            from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) as t(tenant, rule, key, as_of)
            order by tenant, rule, key, as_of desc
            on conflict (tenant, rule, key) do update set touched_at = greatest(m.touched_at, excluded.touched_at)
            """;

    private static final String ADD = """
            insert into memory_collected as m (tenant, rule, key, item, value, as_of, event_id)
            select distinct on (tenant, rule, key, item) tenant, rule, key, item, value::json, as_of, event_id
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::text[])
              as t(tenant, rule, key, item, value, as_of, event_id)
            order by tenant, rule, key, item, as_of desc, event_id collate "C" desc
            on conflict (tenant, rule, key, item) do update set value = excluded.value, as_of = excluded.as_of, event_id = excluded.event_id
            where (excluded.as_of, excluded.event_id) > (m.as_of, m.event_id)
            """;

    private static final String COLLECTED = """
            select c.tenant, c.rule, c.key, c.item, c.value::text as value
            from (select distinct tenant, rule, key from unnest($1::text[], $2::text[], $3::text[]) as t(tenant, rule, key)) asked
            join memory_collected c using (tenant, rule, key)
            """;

    private final Json json;

    PgMemory(Json json) {
        this.json = json;
    }

    Uni<Map<EntityKey, Map<String, Object>>> entities(Tx tx, List<EntityKey> keys) {
        return PgTx.connection(tx).preparedQuery(ENTITIES)
                .execute(Tuple.of(texts(keys, EntityKey::tenant), texts(keys, EntityKey::kind), texts(keys, EntityKey::id)))
                .map(rows -> {
                    var entities = new HashMap<EntityKey, Map<String, Object>>();
                    rows.forEach(row -> entities.put(new EntityKey(row.getString("tenant"), row.getString("kind"), row.getString("id")),
                            json.map(row.getString("data"))));
                    return entities;
                });
    }

    Uni<List<String>> having(Tx tx, String tenant, String relation, String object, String after, int limit) {
        return PgTx.connection(tx).preparedQuery(HAVING).execute(Tuple.of(tenant, relation, object, after, limit)).map(rows -> {
            var customers = new ArrayList<String>();
            rows.forEach(row -> customers.add(row.getString("customer_id")));
            return customers;
        });
    }

    Uni<Void> upsertEntities(Tx tx, List<MemoryChange.Entity> entities) {
        return entities.isEmpty() ? Uni.createFrom().voidItem() : PgTx.connection(tx).preparedQuery(UPSERT_ENTITIES).execute(Tuple.tuple()
                .addArrayOfString(texts(entities, MemoryChange.Entity::tenant))
                .addArrayOfString(texts(entities, MemoryChange.Entity::kind))
                .addArrayOfString(texts(entities, MemoryChange.Entity::id))
                .addArrayOfString(texts(entities, entity -> json.write(entity.data())))
                .addArrayOfOffsetDateTime(times(entities, MemoryChange.Entity::asOf))
                .addArrayOfString(texts(entities, MemoryChange.Entity::eventId))).replaceWithVoid();
    }

    Uni<Void> upsertRelations(Tx tx, List<MemoryChange.Relation> relations) {
        return relations.isEmpty() ? Uni.createFrom().voidItem() : PgTx.connection(tx).preparedQuery(UPSERT_RELATIONS).execute(Tuple.tuple()
                .addArrayOfString(texts(relations, MemoryChange.Relation::tenant))
                .addArrayOfString(texts(relations, MemoryChange.Relation::relation))
                .addArrayOfString(texts(relations, MemoryChange.Relation::object))
                .addArrayOfString(texts(relations, MemoryChange.Relation::customerId))
                .addArrayOfBoolean(relations.stream().map(MemoryChange.Relation::present).toArray(Boolean[]::new))
                .addArrayOfOffsetDateTime(times(relations, MemoryChange.Relation::asOf))
                .addArrayOfString(texts(relations, MemoryChange.Relation::eventId))).replaceWithVoid();
    }

    Uni<Map<SetKey, Map<String, Object>>> collect(Tx tx, List<Addition> additions) {
        var connection = PgTx.connection(tx);
        var items = additions.stream().filter(addition -> addition.item() != null).toList();
        return connection.preparedQuery(HOLD_SETS).execute(sets(additions).addArrayOfOffsetDateTime(times(additions, Addition::asOf)))
                .chain(() -> items.isEmpty() ? Uni.createFrom().voidItem()
                        : connection.preparedQuery(ADD).execute(sets(items)
                                .addArrayOfString(texts(items, Addition::item))
                                .addArrayOfString(texts(items, item -> json.write(item.value())))
                                .addArrayOfOffsetDateTime(times(items, Addition::asOf))
                                .addArrayOfString(texts(items, Addition::eventId))).replaceWithVoid())
                .chain(() -> connection.preparedQuery(COLLECTED).execute(sets(additions)))
                .map(rows -> {
                    var collected = new HashMap<SetKey, Map<String, Object>>();
                    rows.forEach(row -> collected
                            .computeIfAbsent(new SetKey(row.getString("tenant"), row.getString("rule"), row.getString("key")), key -> new HashMap<>())
                            .put(row.getString("item"), json.read(row.getString("value"), ANY)));
                    return collected;
                });
    }

    private static Tuple sets(List<Addition> additions) {
        return Tuple.tuple()
                .addArrayOfString(texts(additions, addition -> addition.set().tenant()))
                .addArrayOfString(texts(additions, addition -> addition.set().rule()))
                .addArrayOfString(texts(additions, addition -> addition.set().key()));
    }
}
