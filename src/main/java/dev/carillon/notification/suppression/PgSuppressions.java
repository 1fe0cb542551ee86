package dev.carillon.notification.suppression;

import dev.carillon.notification.preference.Suppression.Cause;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
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
                from %s) changes
              order by tenant, address, channel, cause, n desc
            )
            insert into address_suppression (tenant, address, channel, cause, lifted, position, id, detail, source, since)
            select s.tenant, s.address, s.channel, s.cause, s.lifted, $1, s.id, s.detail, s.source, s.since
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
    private final PgColumns<SuppressionChange> changes;
    private final String change;

    PgSuppressions(Ids ids) {
        this.ids = ids;
        this.changes = PgColumns.<SuppressionChange>of()
                .text("id", change -> ids.next())
                .text("tenant", SuppressionChange::tenant)
                .text("channel", SuppressionChange::channel)
                .text("address", SuppressionChange::address)
                .text(
                        "cause",
                        change -> change.cause() == null ? null : change.cause().wire())
                .text("detail", SuppressionChange::detail)
                .text("source", SuppressionChange::source)
                .time("since", SuppressionChange::at)
                .after(1);
        this.change = CHANGE.formatted(changes.numbered("t"));
    }

    Uni<Void> change(Tx tx, List<SuppressionChange> made, long position) {
        return PgRows.of(tx, change, changes.of(made, position)).done();
    }

    Uni<Boolean> lift(Tx tx, String tenant, String id, String by, long position, Instant now) {
        return PgRows.of(tx, LIFT, tenant, id, position, ids.next(), by, now).any();
    }

    Uni<Optional<SuppressionView>> find(Tx tx, String tenant, String channel, String address, Cause cause) {
        return PgRows.of(tx, FIND, tenant, channel, address, cause.wire()).first(PgSuppressions::view);
    }

    Uni<Optional<SuppressionView>> find(Tx tx, String tenant, String id) {
        return PgRows.of(tx, FIND_BY_ID, tenant, id).first(PgSuppressions::view);
    }

    Uni<List<SuppressionView>> page(
            Tx tx, String tenant, @Nullable String channel, @Nullable String address, String after, int limit) {
        return PgRows.of(tx, PAGE, tenant, channel, address, after, limit).list(PgSuppressions::view);
    }

    private static SuppressionView view(Row row) {
        return new SuppressionView(
                row.getString("id"),
                row.getString("channel"),
                row.getString("address"),
                Cause.valueOf(row.getString("cause").toUpperCase(Locale.ROOT)),
                row.getString("detail"),
                row.getString("source"),
                PgTimes.instant(row, "since"));
    }
}
