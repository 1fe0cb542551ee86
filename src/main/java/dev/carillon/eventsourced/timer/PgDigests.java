package dev.carillon.eventsourced.timer;

import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.eventsourced.journal.EventPlace;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgPortion;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The SQL of digests. A digest is a timer that takes items while it is open. */
@ApplicationScoped
class PgDigests {

    private record Joining(Digest digest, DigestItem item, int n) {}

    private static final PgColumns<Digest.DigestKey> KEYS = PgColumns.<Digest.DigestKey>of()
            .text("tenant", Digest.DigestKey::tenant)
            .text("rule_id", Digest.DigestKey::ruleId)
            .text("customer_id", Digest.DigestKey::customerId)
            .text("key", Digest.DigestKey::key);

    private static final PgColumns<Digest> DIGESTS = PgTimers.TIMERS
            .in(Digest::timer)
            .bool("open", Digest::open)
            .integer("items", Digest::items)
            .integer("bytes", Digest::bytes);

    private static final PgColumns<Joining> JOINING = PgColumns.<Joining>of()
            .text("digest_id", one -> one.digest().timer().id())
            .text("tenant", one -> one.digest().timer().tenant())
            .integer("n", Joining::n)
            .text("event_id", one -> one.item().eventId())
            .bigint("position", one -> one.item().place().position())
            .time("recorded_at", one -> one.item().place().recordedAt())
            .json("context", one -> one.item().context())
            .text("business_key", one -> one.item().factKey());

    /**
     * Locked until the transaction ends, in one order: a page of a large audience and the loop of an address may join the
     * same digests.
     */
    private static final String OPEN = "select t.items, t.bytes, " + PgTimers.COLUMNS + """
            from %s
            join timer t using (tenant, rule_id, customer_id, key) where t.kind = 'digest' and t.open
            order by t.tenant, t.rule_id, t.customer_id, t.key for update of t
            """.formatted(KEYS.unnest("w"));

    private static final String KEEP = DIGESTS.insertInto("timer") + """
             on conflict (id) do update set event_position = excluded.event_position, event_recorded_at = excluded.event_recorded_at,
              due_at = excluded.due_at, open = excluded.open, items = excluded.items, bytes = excluded.bytes
            """;

    private static final String JOIN = JOINING.insertInto("digest_item");

    private static final String ITEMS =
            """
            select f.id, i.event_id, i.position, i.recorded_at, i.context::text as context, i.business_key
            from (select *, %s as before from (
              select w.id, w.n, coalesce(t.bytes, 0) as bytes from unnest($1::text[]) with ordinality as w(id, n) left join timer t on t.id = w.id) asked) f
            left join digest_item i on i.digest_id = f.id
            where f.before < %d order by f.n, i.n
            """.formatted(PgPortion.before("bytes", "(order by n)"), EventJournal.BYTES_AT_ONCE);

    private final Json json;

    PgDigests(Json json) {
        this.json = json;
    }

    Uni<Map<Digest.DigestKey, Digest>> open(Tx tx, List<Digest.DigestKey> keys) {
        return PgRows.of(tx, OPEN, KEYS.of(keys)).map(row -> digest(row).key(), PgDigests::digest);
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
        return PgRows.of(tx, KEEP, DIGESTS.of(digests))
                .done()
                .chain(() -> PgRows.of(tx, JOIN, JOINING.of(json, joining)).done());
    }

    Uni<Map<String, List<DigestItem>>> items(Tx tx, List<String> digestIds) {
        return PgRows.of(tx, ITEMS, (Object) digestIds.toArray(String[]::new))
                .rows()
                .map(rows -> {
                    var items = new HashMap<String, List<DigestItem>>();
                    rows.forEach(row -> {
                        var absorbed = items.computeIfAbsent(row.getString("id"), id -> new ArrayList<>());
                        if (row.getString("event_id") != null) {
                            absorbed.add(new DigestItem(
                                    row.getString("event_id"),
                                    new EventPlace(row.getLong("position"), PgTimes.instant(row, "recorded_at")),
                                    json.map(row.getString("context")),
                                    row.getString("business_key")));
                        }
                    });
                    return items;
                });
    }

    private static Digest digest(Row row) {
        return new Digest(PgTimers.timer(row), row.getInteger("items"), row.getInteger("bytes"), true, List.of());
    }
}
