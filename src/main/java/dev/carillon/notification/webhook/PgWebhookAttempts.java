package dev.carillon.notification.webhook;

import dev.carillon.notification.webhook.WebhookAttemptsView.Attempted;
import dev.carillon.notification.webhook.WebhookAttemptsView.SentEvent;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** The SQL that reads what was sent to a subscriber. */
@ApplicationScoped
class PgWebhookAttempts {

    /** The newest events are read from their end of each week's index; the attempts of each, in its partitions. */
    static final String NEWEST = """
            with event as materialized (
              select id, created_at, body, reason from delivery
              where notification_id = $2 and id <> notification_id and tenant = $1 and channel = 'statuswebhook' and id < $3 order by id desc limit $4
            )
            select e.id, e.created_at, e.body::json ->> 'eventType' as event_type, e.body::json ->> 'trackingId' as tracking_id, e.body::json ->> 'status' as tells,
              case when o.state = 1 then 'sending' when o.state = 3 then 'set-aside' when o.delivery_id is not null then 'waiting'
                   when x.delivery_id is not null then 'dead-lettered' when e.reason is not null then lower(e.reason) else 'taken' end as status,
              case when o.state in (0, 2) then o.due_at end as next_try_at,
              a.number, a.started_at, a.ended_at, a.outcome, a.detail
            from event e
            left join outbox o on o.delivery_id = e.id
            left join dead_letter x on x.delivery_id = e.id
            left join lateral (
              select * from attempt a where a.delivery_id = e.id and a.ended_at >= e.created_at order by a.ended_at desc limit 20) a on true
            order by e.id desc, a.ended_at
            """;

    Uni<List<SentEvent>> newest(Tx tx, String tenant, String webhook, String before, int limit) {
        return PgRows.of(tx, NEWEST, tenant, webhook, before, limit).rows().map(rows -> {
            var events = new LinkedHashMap<String, SentEvent>();
            for (var row : rows) {
                var event = events.computeIfAbsent(row.getString("id"), id -> event(row));
                if (row.getShort("number") != null) {
                    event.attempts().add(attempted(row));
                }
            }
            return List.copyOf(events.values());
        });
    }

    private static SentEvent event(Row row) {
        return new SentEvent(
                row.getString("id"),
                row.getString("event_type"),
                row.getString("tracking_id"),
                row.getString("tells"),
                PgTimes.instant(row, "created_at"),
                row.getString("status"),
                PgTimes.instantOrNull(row, "next_try_at"),
                new ArrayList<>());
    }

    private static Attempted attempted(Row row) {
        var started = PgTimes.instant(row, "started_at");
        return new Attempted(
                row.getShort("number"),
                started,
                Duration.between(started, PgTimes.instant(row, "ended_at")).toMillis(),
                row.getString("outcome"),
                row.getString("detail"));
    }
}
