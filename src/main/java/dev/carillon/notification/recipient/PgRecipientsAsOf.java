package dev.carillon.notification.recipient;

import dev.carillon.platform.json.Json;
import dev.carillon.platform.lww.AsOf;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** The SQL that reads recipients as of a journal position: one index look-up for each. */
@ApplicationScoped
class PgRecipientsAsOf {

    private static final PgColumns<AsOf<RecipientKey>> KEYS_AS_OF =
            PgRecipients.KEYS.<AsOf<RecipientKey>>in(AsOf::key).bigint("position", AsOf::position);

    private static final String FIND = """
            select w.n, c.id, c.name, c.email, c.phone, c.segment, c.attributes::text as attributes, c.version,
                   p.choices::text as choices, p.version as preferences_version, greatest(c.position, p.position) as since, w.position as as_of, %s as suppressions
            from %s
            cross join lateral (
              select * from customer_version v where v.tenant = w.tenant and v.id = w.id and v.position <= w.position
              order by v.position desc, v.version desc limit 1) c
            left join lateral (
              select choices, version, position from preference_version v where v.tenant = w.tenant and v.customer_id = w.id and v.position <= w.position
              order by v.position desc, v.version desc limit 1) p on true
            """.formatted(
                    PgRecipients.suppressions("a.position <= w.position", "l.position <= w.position"),
                    KEYS_AS_OF.numbered("w"));

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

    Uni<Map<AsOf<RecipientKey>, Recipient>> find(Tx tx, List<AsOf<RecipientKey>> keys) {
        return PgRows.of(tx, FIND, KEYS_AS_OF.of(keys))
                .map(row -> PgRows.asked(keys, row), row -> PgRecipients.recipient(row, json));
    }

    /**
     * A recipient, and since when this has been known of them but for suppressed addresses.
     *
     * @param since a position
     */
    record KnownSince(Recipient recipient, long since) {}

    Uni<Map<AsOf<RecipientKey>, KnownSince>> findSince(Tx tx, List<AsOf<RecipientKey>> keys) {
        return PgRows.of(tx, FIND, KEYS_AS_OF.of(keys))
                .map(
                        row -> PgRows.asked(keys, row),
                        row -> new KnownSince(PgRecipients.recipient(row, json), row.getLong("since")));
    }

    Uni<List<String>> segment(Tx tx, String tenant, AsOf<String> segment, String after, int limit) {
        return PgRows.of(tx, SEGMENT, tenant, segment.key(), after, limit, segment.position())
                .list(row -> row.getString("id"));
    }
}
