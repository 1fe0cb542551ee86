package dev.carillon.notification.suppression;

import static dev.carillon.platform.sql.PgArrays.texts;
import static dev.carillon.platform.sql.PgArrays.times;

import dev.carillon.notification.preference.Suppression.Cause;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The SQL of suppressed addresses. A writer holds the journal's lock, so no other write happens meanwhile. */
@ApplicationScoped
class PgSuppressions {

    /**
     * Writes only real changes: the last entry of the batch for each address and cause. Causes are independent, so a
     * STOP sent while a mailbox bounced still holds when the mailbox works again. An opt-in lifts only an opt-out; it
     * repairs no mailbox and undoes no complaint.
     */
    private static final String CHANGE = """
            with said as (
              select distinct on (tenant, address, channel, cause) * from (
                select id, tenant, channel, address, coalesce(cause, 'stop') as cause, cause is null as lifted, detail, source, since, n
                from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[])
                  with ordinality as t(id, tenant, channel, address, cause, detail, source, since, n)) words
              order by tenant, address, channel, cause, n desc
            )
            insert into address_suppression (tenant, address, channel, cause, lifted, position, id, detail, source, since)
            select s.tenant, s.address, s.channel, s.cause, s.lifted, $9, s.id, s.detail, s.source, s.since
            from said s left join lateral (
              select lifted from address_suppression a where a.tenant = s.tenant and a.address = s.address and a.channel = s.channel and a.cause = s.cause
              order by position desc limit 1) present on true
            where s.lifted <> coalesce(present.lifted, true)
            """;

    private static final String HOLDS = """
            not lifted and not exists (
              select 1 from address_suppression later where later.tenant = a.tenant and later.address = a.address and later.channel = a.channel
                and later.cause = a.cause and later.position > a.position)
            """;

    private static final String LIFT = """
            insert into address_suppression (tenant, address, channel, cause, lifted, position, id, source, since)
            select tenant, address, channel, cause, true, $3, $4, $5, $6 from address_suppression a where tenant = $1 and id = $2 and """ + " " + HOLDS;

    private static final String PRESENT =
            "select id, channel, address, cause, detail, source, since from address_suppression a where tenant = $1 and "
                    + HOLDS;

    private static final String FIND = PRESENT + "and channel = $2 and address = $3 and cause = $4";

    private static final String FIND_BY_ID = PRESENT + "and id = $2";

    private static final String PAGE = PRESENT
            + "and ($2::text is null or channel = $2) and ($3::text is null or address = $3) and id > $4 order by id limit $5";

    private final Ids ids;

    PgSuppressions(Ids ids) {
        this.ids = ids;
    }

    Uni<Void> change(Tx tx, List<SuppressionChange> changes, long position) {
        return PgTx.connection(tx)
                .preparedQuery(CHANGE)
                .execute(Tuple.tuple()
                        .addArrayOfString(texts(changes, change -> ids.next()))
                        .addArrayOfString(texts(changes, SuppressionChange::tenant))
                        .addArrayOfString(texts(changes, SuppressionChange::channel))
                        .addArrayOfString(texts(changes, SuppressionChange::address))
                        .addArrayOfString(texts(
                                changes,
                                change -> change.cause() == null
                                        ? null
                                        : change.cause().wire()))
                        .addArrayOfString(texts(changes, SuppressionChange::detail))
                        .addArrayOfString(texts(changes, SuppressionChange::source))
                        .addArrayOfOffsetDateTime(times(changes, SuppressionChange::at))
                        .addLong(position))
                .replaceWithVoid();
    }

    Uni<Boolean> lift(Tx tx, String tenant, String id, String by, long position, Instant now) {
        return PgTx.connection(tx)
                .preparedQuery(LIFT)
                .execute(Tuple.of(tenant, id, position, ids.next(), by, PgTimes.at(now)))
                .map(rows -> rows.rowCount() == 1);
    }

    Uni<Optional<SuppressionView>> find(Tx tx, String tenant, String channel, String address, Cause cause) {
        return PgTx.connection(tx)
                .preparedQuery(FIND)
                .execute(Tuple.of(tenant, channel, address, cause.wire()))
                .map(rows -> views(rows).stream().findFirst());
    }

    Uni<Optional<SuppressionView>> find(Tx tx, String tenant, String id) {
        return PgTx.connection(tx)
                .preparedQuery(FIND_BY_ID)
                .execute(Tuple.of(tenant, id))
                .map(rows -> views(rows).stream().findFirst());
    }

    Uni<List<SuppressionView>> page(
            Tx tx, String tenant, @Nullable String channel, @Nullable String address, String after, int limit) {
        return PgTx.connection(tx)
                .preparedQuery(PAGE)
                .execute(Tuple.of(tenant, channel, address, after, limit))
                .map(PgSuppressions::views);
    }

    private static List<SuppressionView> views(RowSet<Row> rows) {
        var views = new ArrayList<SuppressionView>(rows.size());
        rows.forEach(row -> views.add(new SuppressionView(
                row.getString("id"),
                row.getString("channel"),
                row.getString("address"),
                Cause.valueOf(row.getString("cause").toUpperCase(Locale.ROOT)),
                row.getString("detail"),
                row.getString("source"),
                row.getOffsetDateTime("since").toInstant())));
        return views;
    }
}
