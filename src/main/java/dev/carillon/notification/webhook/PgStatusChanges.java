package dev.carillon.notification.webhook;

import dev.carillon.delivery.DeliveryListener.Moved;
import dev.carillon.delivery.FailureKind;
import dev.carillon.notification.decision.Reason;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The SQL that reads what to report about deliveries whose status has just changed. */
@ApplicationScoped
class PgStatusChanges {

    private static final Set<String> REPORTED = Set.of("delivered", "bounced", "complained");

    private static final PgColumns<Moved> MOVED = PgColumns.IDS.in(Moved::deliveryId);

    /** A notification is a little older than its deliveries. */
    private static final String CHANGES = """
            select m.n, d.notification_id, d.channel, n.type, n.correlation_id, d.traceparent, a.number, a.provider, a.provider_message_id, a.failure, a.ended_at, r.told_at
            from %s
            join delivery d on d.id = m.id and d.created_at = m.created_at
            join notification n on n.tenant = d.tenant and n.id = d.notification_id and n.created_at between d.created_at - interval '2 days' and d.created_at
            cross join lateral (
              select * from attempt a where a.delivery_id = d.id and a.ended_at >= d.created_at order by a.ended_at desc, a.number desc limit 1) a
            left join delivery_report r on r.delivery_id = d.id and r.created_at = d.created_at
            order by m.n
            """.formatted(MOVED.numbered("m"));

    Uni<List<StatusChange>> of(Tx tx, List<Moved> moved) {
        return PgRows.of(tx, CHANGES, MOVED.of(moved)).list(row -> change(row, PgRows.asked(moved, row)));
    }

    private static StatusChange change(Row row, Moved moved) {
        var failure = row.getString("failure");
        var status = StatusEvents.statusOf(moved.outcome(), failure);
        var reported = REPORTED.contains(status) && row.getOffsetDateTime("told_at") != null;
        return new StatusChange(
                moved.tenant(),
                row.getString("notification_id"),
                row.getString("type"),
                row.getString("correlation_id"),
                row.getString("traceparent"),
                status,
                row.getString("channel"),
                row.getString("provider"),
                row.getString("provider_message_id"),
                (int) row.getShort("number"),
                reason(status, failure),
                row.getOffsetDateTime(reported ? "told_at" : "ended_at").toInstant());
    }

    private static @Nullable String reason(String status, @Nullable String failure) {
        return failure == null || REPORTED.contains(status)
                ? null
                : Reason.of(FailureKind.valueOf(failure)).name();
    }
}
