package dev.carillon.notification.recipient;

import static dev.carillon.platform.sql.PgArrays.texts;

import dev.carillon.platform.json.Json;
import dev.carillon.platform.lww.AsOf;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The SQL that reads recipients as of a journal position: one index look-up for each. */
@ApplicationScoped
class PgRecipientsAsOf {

    private static final String FIND =
            """
            select w.n, c.id, c.name, c.email, c.phone, c.segment, c.attributes::text as attributes, c.version,
                   p.choices::text as choices, p.version as preferences_version, w.position as as_of, %s as suppressions
            from unnest($1::text[], $2::text[], $3::bigint[]) with ordinality as w(tenant, id, position, n)
            cross join lateral (
              select * from customer_version v where v.tenant = w.tenant and v.id = w.id and v.position <= w.position
              order by v.position desc, v.version desc limit 1) c
            left join lateral (
              select choices, version from preference_version v where v.tenant = w.tenant and v.customer_id = w.id and v.position <= w.position
              order by v.position desc, v.version desc limit 1) p on true
            """.formatted(PgRecipients.suppressions("a.position <= w.position", "l.position <= w.position"));

    private static final String SEGMENT = """
            select distinct c.id from customer_version c
            where c.tenant = $1 and c.segment = $2 and c.id > $3 and c.position <= $5 and not exists (
              select 1 from customer_version later where later.tenant = c.tenant and later.id = c.id and later.position <= $5
                and (later.position, later.version) > (c.position, c.version))
            order by c.id limit $4
            """;

    private final Json json;

    PgRecipientsAsOf(Json json) {
        this.json = json;
    }

    Uni<Map<AsOf<Recipient.RecipientKey>, Recipient>> find(Tx tx, List<AsOf<Recipient.RecipientKey>> keys) {
        return PgTx.connection(tx)
                .preparedQuery(FIND)
                .execute(Tuple.of(
                        texts(keys, k -> k.key().tenant()),
                        texts(keys, k -> k.key().customerId()),
                        keys.stream().map(AsOf::position).toArray(Long[]::new)))
                .map(rows -> {
                    var found = new HashMap<AsOf<Recipient.RecipientKey>, Recipient>();
                    rows.forEach(row ->
                            found.put(keys.get(row.getLong("n").intValue() - 1), PgRecipients.recipient(row, json)));
                    return found;
                });
    }

    Uni<List<String>> segment(Tx tx, String tenant, AsOf<String> segment, String after, int limit) {
        return PgTx.connection(tx)
                .preparedQuery(SEGMENT)
                .execute(Tuple.of(tenant, segment.key(), after, limit, segment.position()))
                .map(rows -> {
                    var ids = new ArrayList<String>();
                    rows.forEach(row -> ids.add(row.getString("id")));
                    return ids;
                });
    }
}
