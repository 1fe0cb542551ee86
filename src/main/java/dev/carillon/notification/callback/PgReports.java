package dev.carillon.notification.callback;

import dev.carillon.delivery.report.Consent;
import dev.carillon.delivery.report.DeliveryReport;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The SQL of provider reports: one statement for each callback, however many events it brings. */
@ApplicationScoped
class PgReports {

    /**
     * What became of one report.
     *
     * @param fresh    whether its event was not taken before
     * @param delivery the delivery it is about; empty if it is none of ours
     * @param moved    whether the delivery's status is another one now
     */
    record RecordedReport(DeliveryReport report, boolean fresh, Optional<ConcernedDelivery> delivery, boolean moved) {}

    /** The delivery that a report is about, and its notification's type, if the notification still exists. */
    record ConcernedDelivery(
            String id, String tenant, @Nullable String type, String channel, String address) {

        /** The address is personal. */
        @Override
        public String toString() {
            return "ConcernedDelivery[" + id + "]";
        }
    }

    private static final PgColumns<DeliveryReport> REPORTS = PgColumns.<DeliveryReport>of()
            .text("event_id", DeliveryReport::eventId)
            .text("delivery_id", PgReports::delivery)
            .time("created_at", report -> delivery(report) == null ? null : Ids.timeOf(delivery(report)))
            .text("status", report -> report.status().wire())
            .smallint("weight", report -> (short) report.status().ordinal())
            .text("detail", DeliveryReport::code)
            .time("told_at", DeliveryReport::at)
            .after(2);

    private static final PgColumns<Consent> CONSENTS =
            PgColumns.<Consent>of().text("event_id", Consent::eventId).after(2);

    /**
     * A delivery that failed permanently stays so, whatever is reported later. Of several reports with one id in a
     * callback the first counts. Rows are written in the order of their keys, so that two callbacks never deadlock.
     */
    private static final String KEEP = """
            with said as (
              select * from %s
            ), unseen as (
              insert into callback_seen (provider, event_id, seen_at) select distinct $1, event_id, $2::timestamptz from said order by 2
              on conflict do nothing returning event_id
            ), fresh as (
              select event_id, min(n) as n from unseen join said using (event_id) group by event_id
            ), ours as (
              select s.*, d.id, d.tenant, n.type, d.channel, d.recipient, x.delivery_id is not null as dead
              from said s join fresh using (event_id, n) join delivery d on d.id = s.delivery_id and d.created_at = s.created_at and d.reason is null
              left join dead_letter x on x.delivery_id = d.id
              left join notification n on n.tenant = d.tenant and n.id = d.notification_id and n.created_at between d.created_at - interval '2 days' and d.created_at
            ), weightiest as (
              select distinct on (id) * from ours where not dead order by id, weight desc, told_at
            ), moved as (
              insert into delivery_report as r (delivery_id, created_at, tenant, status, weight, provider, detail, told_at, heard_at)
              select id, created_at, tenant, status, weight, $1, detail, told_at, $2 from weightiest order by id
              on conflict (delivery_id, created_at) do update set status = excluded.status, weight = excluded.weight, provider = excluded.provider,
                detail = excluded.detail, told_at = excluded.told_at, heard_at = excluded.heard_at
              where r.weight < excluded.weight
              returning r.delivery_id, r.weight
            )
            select s.n, f.event_id is not null as fresh, o.tenant, o.type, o.channel, o.recipient, m.delivery_id is not null as moved
            from said s left join fresh f using (event_id, n) left join ours o using (n)
            left join moved m on m.delivery_id = o.id and m.weight = o.weight
            order by s.n
            """.formatted(REPORTS.numbered("t"));

    private static final String FRESH = """
            insert into callback_seen (provider, event_id, seen_at) select distinct $1, event_id, $2::timestamptz from %s order by 2
            on conflict do nothing returning event_id
            """.formatted(CONSENTS.unnest("t"));

    private static final String TENANTS = "select id from tenant where id = any($1)";

    private static final String FORGET = """
            delete from callback_seen where (provider, event_id) in (
              select provider, event_id from callback_seen where seen_at < $1 order by seen_at limit $2 for update skip locked)
            """;

    /** One answer a report, in order. */
    Uni<List<RecordedReport>> keep(Tx tx, String provider, List<DeliveryReport> reports, Instant now) {
        return PgRows.of(tx, KEEP, REPORTS.of(reports, provider, now))
                .list(row -> kept(row, PgRows.asked(reports, row)));
    }

    /** Which of the tenants they are to are there. */
    Uni<Set<String>> tenants(Tx tx, List<Consent> consents) {
        var asked = consents.stream().map(Consent::tenant).toArray(String[]::new);
        return PgRows.of(tx, TENANTS, (Object) asked)
                .list(row -> row.getString("id"))
                .map(HashSet::new);
    }

    /** The consents that were not recorded before. */
    Uni<Set<String>> fresh(Tx tx, String provider, List<Consent> consents, Instant now) {
        return PgRows.of(tx, FRESH, CONSENTS.of(consents, provider, now))
                .list(row -> row.getString("event_id"))
                .map(HashSet::new);
    }

    Uni<Integer> forget(Tx tx, Instant before, int portion) {
        return PgRows.of(tx, FORGET, before, portion).count();
    }

    private static RecordedReport kept(Row row, DeliveryReport report) {
        var tenant = row.getString("tenant");
        return new RecordedReport(
                report,
                row.getBoolean("fresh"),
                tenant == null
                        ? Optional.empty()
                        : Optional.of(new ConcernedDelivery(
                                String.valueOf(report.deliveryId()),
                                tenant,
                                row.getString("type"),
                                row.getString("channel"),
                                row.getString("recipient"))),
                row.getBoolean("moved"));
    }

    private static @Nullable String delivery(DeliveryReport report) {
        return report.deliveryId() != null && Ids.isId(report.deliveryId()) ? report.deliveryId() : null;
    }
}
