package dev.carillon.notification.webhook;

import static dev.carillon.platform.sql.PgArrays.texts;
import static dev.carillon.platform.sql.PgArrays.times;

import dev.carillon.delivery.DeliveryListener.Moved;
import dev.carillon.delivery.FailureKind;
import dev.carillon.notification.decision.Reason;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The SQL that reads what to report about deliveries whose status has just changed. */
@ApplicationScoped
class PgStatusChanges {

    private static final Set<String> REPORTED = Set.of("delivered", "bounced", "complained");

    /** A notification is a little older than its deliveries. */
    private static final String CHANGES = """
            select m.n, d.notification_id, d.channel, n.type, n.correlation_id, d.traceparent, a.number, a.provider, a.provider_message_id, a.failure, a.ended_at, r.told_at
            from unnest($1::text[], $2::timestamptz[]) with ordinality as m(id, created_at, n)
            join delivery d on d.id = m.id and d.created_at = m.created_at
            join notification n on n.tenant = d.tenant and n.id = d.notification_id and n.created_at between d.created_at - interval '2 days' and d.created_at
            cross join lateral (
              select * from attempt a where a.delivery_id = d.id and a.ended_at >= d.created_at order by a.ended_at desc, a.number desc limit 1) a
            left join delivery_report r on r.delivery_id = d.id and r.created_at = d.created_at
            order by m.n
            """;

    Uni<List<StatusChange>> of(Tx tx, List<Moved> moved) {
        return PgTx.connection(tx)
                .preparedQuery(CHANGES)
                .execute(Tuple.of(texts(moved, Moved::deliveryId), times(moved, one -> Ids.timeOf(one.deliveryId()))))
                .map(rows -> {
                    var changes = new ArrayList<StatusChange>(rows.size());
                    rows.forEach(row ->
                            changes.add(change(row, moved.get(row.getLong("n").intValue() - 1))));
                    return changes;
                });
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
