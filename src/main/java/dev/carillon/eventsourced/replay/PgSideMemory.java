package dev.carillon.eventsourced.replay;

import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** The SQL of the side tables that memory is rebuilt into before they go live. */
@ApplicationScoped
class PgSideMemory {

    /**
     * Like the live tables, with the same names for constraints and indexes, because the next migration may use them.
     */
    private static final String CREATE = """
            do $$
            declare
              t text;
              c record;
            begin
              foreach t in array array['memory_entity', 'memory_relation', 'memory_collection', 'memory_collected'] loop
                execute format('drop table if exists carillon_replay.%I', t);
                execute format('create table carillon_replay.%1$I (like carillon.%1$I including all excluding indexes)', t);
                for c in select conname, pg_get_constraintdef(oid) as def from pg_constraint
                    where conrelid = format('carillon.%I', t)::regclass and contype in ('p', 'u') loop
                  execute format('alter table carillon_replay.%I add constraint %I %s', t, c.conname, c.def);
                end loop;
                for c in select pg_get_indexdef(i.indexrelid) as def from pg_index i where i.indrelid = format('carillon.%I', t)::regclass
                    and not exists (select from pg_constraint k where k.conindid = i.indexrelid) loop
                  execute replace(c.def, ' ON carillon.', ' ON carillon_replay.');
                end loop;
                for c in select array_to_string(reloptions, ', ') as settings from pg_class
                    where oid = format('carillon.%I', t)::regclass and reloptions is not null loop
                  execute format('alter table carillon_replay.%I set (%s)', t, c.settings);
                end loop;
              end loop;
            end $$
            """;

    private static final String DROP = """
            drop table if exists carillon_replay.memory_entity, carillon_replay.memory_relation,
              carillon_replay.memory_collection, carillon_replay.memory_collected
            """;

    private static final String ANALYZE = """
            analyze carillon_replay.memory_entity, carillon_replay.memory_relation,
              carillon_replay.memory_collection, carillon_replay.memory_collected
            """;

    /**
     * Deletes what was folded of tenants that were deleted meanwhile, with their journal. Looks at each tenant once,
     * not at each row.
     */
    private static final String FORGET_THE_GONE = """
            do $$
            declare
              t text;
              who text;
            begin
              foreach t in array array['memory_entity', 'memory_relation', 'memory_collection', 'memory_collected'] loop
                execute format('select min(tenant) from carillon_replay.%I', t) into who;
                while who is not null loop
                  if not exists (select from carillon.event where tenant = who) then
                    execute format('delete from carillon_replay.%I where tenant = $1', t) using who;
                  end if;
                  execute format('select min(tenant) from carillon_replay.%I where tenant > $1', t) into who using who;
                end loop;
              end loop;
            end $$
            """;

    /**
     * The latest version of each thing up to a position, as documents and not as texts: neither the order of keys nor the
     * zeros at a number's end say anything. A document of ours may hold a NUL escape, which jsonb refuses.
     */
    private static final String HASH = """
            select md5(concat_ws('.',
              (select string_agg(md5(concat_ws(chr(31), tenant, kind, id, jsonb_hash_extended(replace(data::text, '\\u0000', '\\ufffd')::jsonb, 0))), '' order by tenant, kind, id)
               from (select distinct on (tenant, kind, id) tenant, kind, id, data from memory_entity where position <= $1
                     order by tenant, kind, id, position desc) e),
              (select string_agg(md5(concat_ws(chr(31), tenant, relation, object, customer_id, present)), '' order by tenant, relation, object, customer_id)
               from (select distinct on (tenant, relation, object, customer_id) * from memory_relation where position <= $1
                     order by tenant, relation, object, customer_id, position desc) r),
              (select string_agg(md5(concat_ws(chr(31), tenant, rule, key, extract(epoch from opened_at))), '' order by tenant, rule, key)
               from memory_collection where position <= $1),
              (select string_agg(md5(concat_ws(chr(31), tenant, rule, key, item, jsonb_hash_extended(replace(value::text, '\\u0000', '\\ufffd')::jsonb, 0))), ''
                 order by tenant, rule, key, item)
               from (select distinct on (tenant, rule, key, item) * from memory_collected where position <= $1
                     order by tenant, rule, key, item, position desc) c))) as hash
            """;

    private static final String HOLD_THE_JOURNAL = "select position from journal_head for update";

    private static final String LOCK_LIVE = """
            lock table carillon.memory_entity, carillon.memory_relation, carillon.memory_collection, carillon.memory_collected
              in access exclusive mode
            """;

    private static final String CHANGE_PLACES = """
            do $$
            declare
              t text;
              live text;
              side text;
            begin
              foreach t in array array['memory_entity', 'memory_relation', 'memory_collection', 'memory_collected'] loop
                select string_agg(attname || ' ' || atttypid || ' ' || attnotnull, ', ' order by attnum) into live from pg_attribute
                  where attrelid = format('carillon.%I', t)::regclass and attnum > 0 and not attisdropped;
                select string_agg(attname || ' ' || atttypid || ' ' || attnotnull, ', ' order by attnum) into side from pg_attribute
                  where attrelid = format('carillon_replay.%I', t)::regclass and attnum > 0 and not attisdropped;
                if live is distinct from side then
                  raise exception '% was migrated while it was built anew', t using errcode = 'object_not_in_prerequisite_state';
                end if;
                execute format('drop table carillon.%I', t);
                execute format('alter table carillon_replay.%I set schema carillon', t);
              end loop;
            end $$
            """;

    Uni<Void> create(Tx tx) {
        return run(tx, "set local client_min_messages = warning").chain(() -> run(tx, CREATE));
    }

    Uni<Void> drop(Tx tx) {
        return run(tx, "set local client_min_messages = warning").chain(() -> run(tx, DROP));
    }

    /** Unqualified names of memory are the side tables for the rest of the transaction; all others are what they were. */
    Uni<Void> use(Tx tx) {
        return run(tx, "set local search_path = carillon_replay, carillon");
    }

    /** Call it first in a transaction: both are read as of one moment, which may take long. */
    Uni<Hashes> hashes(Tx tx, long position) {
        return run(tx, "set transaction isolation level repeatable read")
                .chain(() -> run(tx, "set local statement_timeout = '30min'"))
                .chain(() -> run(tx, "set local enable_seqscan = on"))
                .chain(() -> run(tx, FORGET_THE_GONE))
                .chain(() -> run(tx, ANALYZE))
                .chain(() -> hash(tx, position))
                .chain(live -> use(tx).chain(() -> hash(tx, position)).map(rebuilt -> new Hashes(live, rebuilt)));
    }

    /** Blocks appends until this transaction ends; waits a few seconds at most. */
    Uni<Long> holdJournal(Tx tx) {
        return run(tx, "set local lock_timeout = '5s'")
                .chain(() -> PgRows.of(tx, HOLD_THE_JOURNAL).one(row -> row.getLong("position")));
    }

    /** Swaps the side tables with the live ones. Readers wait for the commit and then read the new memory. */
    Uni<Void> changePlaces(Tx tx) {
        return run(tx, LOCK_LIVE).chain(() -> run(tx, FORGET_THE_GONE)).chain(() -> run(tx, CHANGE_PLACES));
    }

    private static Uni<String> hash(Tx tx, long position) {
        return PgRows.of(tx, HASH, position).one(row -> row.getString("hash"));
    }

    private static Uni<Void> run(Tx tx, String statement) {
        return PgTx.connection(tx).query(statement).execute().replaceWithVoid();
    }

    /** The hashes of two memories as of the same position, to compare them. */
    record Hashes(String live, String rebuilt) {

        boolean equal() {
            return live.equals(rebuilt);
        }
    }
}
