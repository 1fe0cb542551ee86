package dev.carillon.eventsourced.timer;

import static dev.carillon.platform.sql.PgArrays.texts;
import static dev.carillon.platform.sql.PgArrays.times;

import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.eventsourced.journal.EventPlace;
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

/** The SQL of digests. A digest is a timer that takes items while it is open. */
@ApplicationScoped
class PgDigests {

    private record Joining(Digest digest, DigestItem item, int n) {}

    private static final String OPEN = "select t.items, t.bytes, " + PgTimers.COLUMNS + """
            from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as w(tenant, rule_id, customer_id, key)
            join timer t using (tenant, rule_id, customer_id, key) where t.kind = 'digest' and t.open
            """;

    private static final String KEEP = """
            insert into timer (id, tenant, address, kind, rule_id, rule_version, customer_id, key, event_position, event_recorded_at, armed_at, due_at,
                               open, items, bytes)
            select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[],
                                 $10::timestamptz[], $11::timestamptz[], $12::timestamptz[], $13::boolean[], $14::integer[], $15::integer[])
            on conflict (id) do update set event_position = excluded.event_position, event_recorded_at = excluded.event_recorded_at,
              due_at = excluded.due_at, open = excluded.open, items = excluded.items, bytes = excluded.bytes
            """;

    private static final String JOIN = """
            insert into digest_item (digest_id, tenant, n, event_id, position, recorded_at, context, business_key)
            select digest_id, tenant, n, event_id, position, recorded_at, context::json, business_key
            from unnest($1::text[], $2::text[], $3::integer[], $4::text[], $5::bigint[], $6::timestamptz[], $7::text[], $8::text[])
              as i(digest_id, tenant, n, event_id, position, recorded_at, context, business_key)
            """;

    private static final String ITEMS = """
            select f.id, i.event_id, i.position, i.recorded_at, i.context::text as context, i.business_key
            from (select *, sum(bytes) over (order by n) - bytes as before from (
              select w.id, w.n, coalesce(t.bytes, 0) as bytes from unnest($1::text[]) with ordinality as w(id, n) left join timer t on t.id = w.id) asked) f
            left join digest_item i on i.digest_id = f.id
            where f.before < %d order by f.n, i.n
            """.formatted(EventJournal.BYTES_AT_ONCE);

    private final Json json;

    PgDigests(Json json) {
        this.json = json;
    }

    Uni<Map<Digest.DigestKey, Digest>> open(Tx tx, List<Digest.DigestKey> keys) {
        return PgTx.connection(tx)
                .preparedQuery(OPEN)
                .execute(Tuple.of(
                        texts(keys, Digest.DigestKey::tenant),
                        texts(keys, Digest.DigestKey::ruleId),
                        texts(keys, Digest.DigestKey::customerId),
                        texts(keys, Digest.DigestKey::key)))
                .map(rows -> {
                    var open = new HashMap<Digest.DigestKey, Digest>();
                    rows.forEach(row -> {
                        var digest = new Digest(
                                PgTimers.timer(row), row.getInteger("items"), row.getInteger("bytes"), true, List.of());
                        open.put(digest.key(), digest);
                    });
                    return open;
                });
    }

    Uni<Void> keep(Tx tx, List<Digest> digests) {
        var joining = new ArrayList<Joining>();
        for (var digest : digests) {
            for (int i = 0; i < digest.joining().size(); i++) {
                joining.add(new Joining(
                        digest,
                        digest.joining().get(i),
                        digest.items() - digest.joining().size() + i + 1));
            }
        }
        return PgTx.connection(tx)
                .preparedQuery(KEEP)
                .execute(PgTimers.columns(digests.stream().map(Digest::timer).toList())
                        .addArrayOfBoolean(digests.stream().map(Digest::open).toArray(Boolean[]::new))
                        .addArrayOfInteger(digests.stream().map(Digest::items).toArray(Integer[]::new))
                        .addArrayOfInteger(digests.stream().map(Digest::bytes).toArray(Integer[]::new)))
                .chain(() -> PgTx.connection(tx)
                        .preparedQuery(JOIN)
                        .execute(Tuple.tuple()
                                .addArrayOfString(
                                        texts(joining, j -> j.digest().timer().id()))
                                .addArrayOfString(
                                        texts(joining, j -> j.digest().timer().tenant()))
                                .addArrayOfInteger(
                                        joining.stream().map(Joining::n).toArray(Integer[]::new))
                                .addArrayOfString(texts(joining, j -> j.item().eventId()))
                                .addArrayOfLong(joining.stream()
                                        .map(j -> j.item().place().position())
                                        .toArray(Long[]::new))
                                .addArrayOfOffsetDateTime(
                                        times(joining, j -> j.item().place().recordedAt()))
                                .addArrayOfString(
                                        texts(joining, j -> json.write(j.item().context())))
                                .addArrayOfString(texts(joining, j -> j.item().factKey()))))
                .replaceWithVoid();
    }

    Uni<Map<String, List<DigestItem>>> items(Tx tx, List<String> digestIds) {
        return PgTx.connection(tx)
                .preparedQuery(ITEMS)
                .execute(Tuple.of(digestIds.toArray(String[]::new)))
                .map(rows -> {
                    var items = new HashMap<String, List<DigestItem>>();
                    rows.forEach(row -> {
                        var absorbed = items.computeIfAbsent(row.getString("id"), id -> new ArrayList<>());
                        if (row.getString("event_id") != null) {
                            absorbed.add(new DigestItem(
                                    row.getString("event_id"),
                                    new EventPlace(
                                            row.getLong("position"),
                                            row.getOffsetDateTime("recorded_at").toInstant()),
                                    json.map(row.getString("context")),
                                    row.getString("business_key")));
                        }
                    });
                    return items;
                });
    }
}
