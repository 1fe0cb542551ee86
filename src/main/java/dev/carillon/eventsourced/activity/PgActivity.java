package dev.carillon.eventsourced.activity;

import dev.carillon.eventsourced.activity.ActivityItem.HeardEvent;
import dev.carillon.eventsourced.activity.ActivityItem.MadeDecision;
import dev.carillon.eventsourced.activity.ActivityItem.TriedDelivery;
import dev.carillon.notification.decision.Reason;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The SQL that reads what happened last. Nothing is written for it, and no statement reads more than a stretch of the newest rows:
 * events and notifications have an index by time; decisions without a notification and attempts lie in the order in which they
 * were written, and a BRIN index finds the last of them.
 */
@ApplicationScoped
class PgActivity {

    private static final String EVENT =
            "e.tenant, e.id, e.source, e.type, e.subject, e.occurred_at, e.recorded_at, e.position";
    private static final String NOTIFICATION = """
            n.tenant, n.id, n.door, n.event_id, n.rule_id, n.customer_id, n.type, n.reason, n.hold_reason, n.until, n.created_at""";
    private static final String DECISION = """
            s.tenant, s.id, s.door, s.event_id, s.rule_id, s.customer_id, s.verdict, s.reason, s.notification_id, s.decided_at""";
    private static final String ATTEMPT =
            "a.tenant, a.delivery_id, a.number, a.provider, a.outcome, a.failure, a.started_at, a.ended_at";

    static final String EVENTS_SINCE = """
            select x.* from unnest($1::text[]) w(tenant) cross join lateral (
              select %s from event e where e.tenant = w.tenant and e.recorded_at >= $2 order by e.recorded_at desc, e.position desc limit $3) x
            """.formatted(EVENT);

    static final String NOTIFICATIONS_SINCE = """
            select x.* from unnest($1::text[]) w(tenant) cross join lateral (
              select %s from notification n where n.tenant = w.tenant and n.id >= $4 and n.created_at >= $2 order by n.id desc limit $3) x
            """.formatted(NOTIFICATION);

    static final String DECISIONS_SINCE = """
            select * from (
              select %s, row_number() over (partition by s.tenant order by s.decided_at desc) as nth
              from standalone_decision s where s.decided_at >= $2 and s.tenant = any($1)) x
            where nth <= $3
            """.formatted(DECISION);

    static final String ATTEMPTS_SINCE = """
            select * from (
              select %s, row_number() over (partition by a.tenant order by a.ended_at desc) as nth
              from attempt a where a.ended_at >= $2 and a.tenant = any($1)) x
            where nth <= $3
            """.formatted(ATTEMPT);

    private static final String LAST_EVENTS =
            "select %s from event e where e.tenant = $1 order by e.recorded_at desc, e.position desc limit $2"
                    .formatted(EVENT);

    private static final String LAST_NOTIFICATIONS =
            "select %s from notification n where n.tenant = $1 order by n.id desc limit $2".formatted(NOTIFICATION);

    /** An event may have led to a hundred thousand. */
    static final String LAST_DECISIONS = """
            select x.* from (select * from (%s) l) e cross join lateral (
              select %s from standalone_decision s where s.tenant = $1 and s.event_id = e.id
                and (s.event_position is null or s.event_position = e.position) order by s.id desc limit 20) x
            """.formatted(LAST_EVENTS, DECISION);

    static final String LAST_ATTEMPTS = """
            select %s, n.id as notification_id, n.type, n.customer_id, d.channel from (
              select n.id, n.created_at, n.type, n.customer_id from notification n where n.tenant = $1 order by n.id desc limit $2) n
            cross join lateral (select id, created_at, channel from deliveries_of(n.id, n.created_at)) d
            join attempt a on a.delivery_id = d.id and a.ended_at >= d.created_at
            order by a.ended_at desc limit $2
            """.formatted(ATTEMPT);

    private static final PgColumns<String> DELIVERIES = PgColumns.IDS;

    /** The notifications of deliveries: a delivery to a webhook is of none that anybody waits for. */
    private static final String NOTIFIED = """
            select d.id as delivery_id, d.channel, d.notification_id from %s
            join delivery d on d.id = w.id and d.created_at = w.created_at
            """.formatted(DELIVERIES.unnest("w"));

    private static final PgColumns<String> NOTIFICATIONS = PgColumns.IDS;

    private static final String KINDS = """
            select n.id, n.type, n.customer_id from %s join notification n on n.id = w.id and n.created_at = w.created_at and n.tenant = any($1)
            """.formatted(NOTIFICATIONS.after(1).unnest("w"));

    private static final byte[] LOWEST = new byte[10];

    /** Where an item is read. */
    enum ItemSource {
        EVENT,
        NOTIFICATION,
        DECISION,
        ATTEMPT
    }

    /** @param item null for an attempt that is of no notification: a webhook's */
    record TenantItem(
            String tenant, ItemSource source, @Nullable ActivityItem item) {}

    /** Of each tenant and each of the four kinds of rows the newest, as many as {@code limit}. */
    Uni<List<TenantItem>> since(Tx tx, Collection<String> tenants, Instant since, int limit) {
        var whose = tenants.toArray(String[]::new);
        var found = new ArrayList<TenantItem>();
        return PgRows.of(tx, EVENTS_SINCE, whose, since, limit)
                .list(PgActivity::event)
                .invoke(found::addAll)
                .chain(() -> PgRows.of(tx, NOTIFICATIONS_SINCE, whose, since, limit, Ids.of(since, LOWEST))
                        .list(PgActivity::notification))
                .invoke(found::addAll)
                .chain(() -> PgRows.of(tx, DECISIONS_SINCE, whose, since, limit).list(PgActivity::decision))
                .invoke(found::addAll)
                .chain(() -> PgRows.of(tx, ATTEMPTS_SINCE, whose, since, limit).rows())
                .chain(attempts -> attempted(tx, whose, attempts))
                .invoke(found::addAll)
                .replaceWith(found);
    }

    /** The newest events with decisions on them, and the newest notifications with the attempts to deliver them. */
    Uni<List<ActivityItem>> last(Tx tx, String tenant, int limit) {
        var found = new ArrayList<TenantItem>();
        return PgRows.of(tx, LAST_EVENTS, tenant, limit)
                .list(PgActivity::event)
                .invoke(found::addAll)
                .chain(() -> PgRows.of(tx, LAST_NOTIFICATIONS, tenant, limit).list(PgActivity::notification))
                .invoke(found::addAll)
                .chain(() -> PgRows.of(tx, LAST_DECISIONS, tenant, limit).list(PgActivity::decision))
                .invoke(found::addAll)
                .chain(() ->
                        PgRows.of(tx, LAST_ATTEMPTS, tenant, limit).list(attempt -> attempt(attempt, attempt, attempt)))
                .invoke(found::addAll)
                .map(any -> found.stream()
                        .map(TenantItem::item)
                        .filter(Objects::nonNull)
                        .sorted(ActivityItem.OLDEST_FIRST.reversed())
                        .limit(limit)
                        .toList());
    }

    private static Uni<List<TenantItem>> attempted(Tx tx, String[] whose, List<Row> attempts) {
        return PgRows.of(
                        tx,
                        NOTIFIED,
                        DELIVERIES.of(attempts.stream()
                                .map(row -> row.getString("delivery_id"))
                                .distinct()
                                .toList()))
                .map(row -> row.getString("delivery_id"), row -> row)
                .chain(deliveries -> kinds(tx, whose, deliveries).map(kinds -> attempts(attempts, deliveries, kinds)));
    }

    private static Uni<Map<String, Row>> kinds(Tx tx, String[] whose, Map<String, Row> deliveries) {
        var ids = deliveries.values().stream()
                .map(row -> row.getString("notification_id"))
                .filter(Ids::isId)
                .distinct()
                .toList();
        return PgRows.of(tx, KINDS, NOTIFICATIONS.after(1).of(ids, (Object) whose))
                .map(row -> row.getString("id"), row -> row);
    }

    private static List<TenantItem> attempts(List<Row> attempts, Map<String, Row> deliveries, Map<String, Row> kinds) {
        var items = new ArrayList<TenantItem>(attempts.size());
        attempts.forEach(attempt -> {
            var delivery = deliveries.get(attempt.getString("delivery_id"));
            var notification = delivery == null ? null : kinds.get(delivery.getString("notification_id"));
            items.add(
                    delivery != null && notification != null
                            ? attempt(attempt, delivery, notification)
                            : new TenantItem(attempt.getString("tenant"), ItemSource.ATTEMPT, null));
        });
        return items;
    }

    private static TenantItem event(Row row) {
        return new TenantItem(
                row.getString("tenant"),
                ItemSource.EVENT,
                ActivityItem.of(
                        PgTimes.instant(row, "recorded_at"),
                        new HeardEvent(
                                row.getString("id"),
                                row.getString("source"),
                                row.getString("type"),
                                row.getString("subject"),
                                PgTimes.instant(row, "occurred_at"),
                                row.getLong("position"))));
    }

    private static TenantItem notification(Row row) {
        var refused = row.getString("reason");
        var held = row.getValue("until") != null;
        var reason = reason(refused != null ? refused : row.getString("hold_reason"));
        return new TenantItem(
                row.getString("tenant"),
                ItemSource.NOTIFICATION,
                ActivityItem.of(
                        PgTimes.instant(row, "created_at"),
                        new MadeDecision(
                                row.getString("id"),
                                row.getString("door"),
                                row.getString("event_id"),
                                row.getString("rule_id"),
                                row.getString("customer_id"),
                                row.getString("type"),
                                refused != null ? "suppress" : held ? "defer" : "notify",
                                reason,
                                reason == null ? null : reason.sentence(),
                                row.getString("id"))));
    }

    private static TenantItem decision(Row row) {
        var reason = reason(row.getString("reason"));
        return new TenantItem(
                row.getString("tenant"),
                ItemSource.DECISION,
                ActivityItem.of(
                        PgTimes.instant(row, "decided_at"),
                        new MadeDecision(
                                row.getString("id"),
                                row.getString("door"),
                                row.getString("event_id"),
                                row.getString("rule_id"),
                                row.getString("customer_id"),
                                null,
                                row.getString("verdict"),
                                reason,
                                reason == null ? null : reason.sentence(),
                                row.getString("notification_id"))));
    }

    private static @Nullable Reason reason(@Nullable String code) {
        return code == null ? null : Reason.valueOf(code);
    }

    private static TenantItem attempt(Row attempt, Row delivery, Row notification) {
        var ended = PgTimes.instant(attempt, "ended_at");
        return new TenantItem(
                attempt.getString("tenant"),
                ItemSource.ATTEMPT,
                ActivityItem.of(
                        ended,
                        attempt.getString("delivery_id") + "-" + attempt.getShort("number") + "-"
                                + ended.toEpochMilli(),
                        new TriedDelivery(
                                delivery.getString("notification_id"),
                                notification.getString("type"),
                                notification.getString("customer_id"),
                                delivery.getString("channel"),
                                attempt.getString("provider"),
                                attempt.getString("outcome"),
                                attempt.getString("failure"))));
    }
}
