package dev.carillon.notification.tracking;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.sms.SmsSize;
import dev.carillon.notification.decision.Reason;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tracking's SQL. The view {@code delivery_status} computes a delivery's status. */
@ApplicationScoped
class PgTracking {

    private static final String EVERYTHING = """
            select n.id, n.type, n.category, n.customer_id, n.reason, n.detail, n.duplicate_of, n.door, n.business_key, n.correlation_id,
                   n.event_id, n.rule_id, n.template_version, n.locale, n.created_at, n.skipped::text as skipped,
                   d.id as delivery_id, d.channel, d.recipient, d.subject, d.body, d.status as delivery_status, d.reason as delivery_reason,
                   d.dead_letter_failure as given_up, d.detail as delivery_detail, d.not_before,
                   a.number, a.provider, a.outcome, a.failure, a.detail as attempt_detail, a.provider_message_id, a.started_at, a.ended_at
            """;

    /**
     * Of texts only those of SMS, which are short and counted: a page may be long, and there is a row for each attempt.
     */
    static final String COLUMNS = EVERYTHING.replace(
            "d.subject, d.body", "null::text as subject, case when d.channel = 'sms' then d.body end as body");

    static final String CHANNELS = """
            left join lateral (
              select s.* from deliveries_of(n.id, n.created_at) one join delivery_status s on s.id = one.id and s.created_at = one.created_at) d on true
            left join attempt a on a.delivery_id = d.id and a.ended_at >= d.created_at
            """;

    /** Ids rise from channel to channel, but the notification's may have been made by another clock. */
    static final String CHANNELS_FIRST_TO_LAST = "d.id <> n.id, d.id, a.ended_at, a.number";

    static final String FIND = EVERYTHING + "from notification n " + CHANNELS
            + "where n.id = $1 and n.created_at = $2 and n.tenant = $3 order by " + CHANNELS_FIRST_TO_LAST;

    private static final String ALL = EVERYTHING + "from notification n " + CHANNELS
            + "where n.tenant = $1 order by n.id, " + CHANNELS_FIRST_TO_LAST;

    static final String NEWEST =
            """
            with newest as materialized (select * from notification where tenant = $1 and customer_id = $2 order by id desc limit $3)
            """ + COLUMNS + "from newest n " + CHANNELS + "order by n.id desc, " + CHANNELS_FIRST_TO_LAST;

    private static final PgColumns<String> IDS = PgColumns.IDS.after(1);

    private static final String SOME =
            """
            with chosen as materialized (
              select n.* from %s join notification n on n.tenant = $1 and n.id = w.id and n.created_at = w.created_at)
            """.formatted(IDS.unnest("w")) + COLUMNS + "from chosen n " + CHANNELS + "order by n.id desc, "
                    + CHANNELS_FIRST_TO_LAST;

    private static final TypeReference<List<List<String>>> SKIPPED = new TypeReference<>() {};

    private final Json json;

    PgTracking(Json json) {
        this.json = json;
    }

    Uni<Optional<NotificationView>> find(Tx tx, String tenant, String id) {
        return PgRows.of(tx, FIND, id, Ids.timeOf(id), tenant)
                .rows()
                .map(rows -> views(rows).stream().findFirst());
    }

    Uni<List<NotificationView>> all(Tx tx, String tenant) {
        return PgRows.of(tx, ALL, tenant).rows().map(this::views);
    }

    Uni<List<NotificationView>> newest(Tx tx, String tenant, String customerId, int limit) {
        return PgRows.of(tx, NEWEST, tenant, customerId, limit).rows().map(this::views);
    }

    Uni<List<NotificationView>> some(Tx tx, String tenant, List<String> ids) {
        return PgRows.of(tx, SOME, IDS.of(ids, tenant)).rows().map(this::views);
    }

    /** Folds the rows, one for each attempt, into notifications, deliveries and attempts. */
    List<NotificationView> views(List<Row> rows) {
        var notifications = new LinkedHashMap<String, List<Row>>();
        rows.forEach(row -> notifications
                .computeIfAbsent(row.getString("id"), id -> new ArrayList<>())
                .add(row));
        return notifications.values().stream().map(this::view).toList();
    }

    private NotificationView view(List<Row> rows) {
        var first = rows.get(0);
        var byDelivery = new LinkedHashMap<String, List<Row>>();
        rows.stream()
                .filter(row -> row.getString("delivery_id") != null)
                .forEach(row -> byDelivery
                        .computeIfAbsent(row.getString("delivery_id"), id -> new ArrayList<>())
                        .add(row));
        var deliveries = Stream.concat(
                        byDelivery.values().stream().map(PgTracking::delivery),
                        json.read(first.getString("skipped"), SKIPPED).stream().map(PgTracking::skipped))
                .toList();
        var said = first.getString("reason");
        var status = said != null
                ? Status.of(Reason.valueOf(said))
                : Status.of(deliveries.stream()
                        .map(NotificationView.DeliveryView::status)
                        .toList());
        return new NotificationView(
                first.getString("id"),
                first.getString("type"),
                first.getString("category"),
                first.getString("customer_id"),
                status,
                said != null ? Reason.valueOf(said) : reason(status, deliveries),
                first.getString("detail"),
                first.getString("duplicate_of"),
                first.getString("door"),
                first.getString("business_key"),
                first.getString("correlation_id"),
                first.getString("event_id"),
                first.getString("rule_id"),
                first.getString("template_version"),
                first.getString("locale"),
                first.getOffsetDateTime("created_at").toInstant(),
                deliveries);
    }

    private static NotificationView.DeliveryView delivery(List<Row> rows) {
        var first = rows.get(0);
        return new NotificationView.DeliveryView(
                first.getString("delivery_id"),
                first.getString("channel"),
                first.getString("recipient"),
                Status.valueOf(first.getString("delivery_status")),
                reason(first),
                first.getString("delivery_detail"),
                PgTimes.instantOrNull(first.getOffsetDateTime("not_before")),
                first.getString("subject"),
                first.getString("body"),
                rows.stream()
                        .map(PgTracking::attempt)
                        .filter(attempt -> attempt != null)
                        .toList());
    }

    /** A channel that was skipped when the notification was decided: it has no delivery. */
    private static NotificationView.DeliveryView skipped(List<String> channel) {
        return new NotificationView.DeliveryView(
                null,
                channel.get(0),
                null,
                Status.of(Reason.valueOf(channel.get(1))),
                channel.get(1),
                channel.get(2),
                null,
                null,
                null,
                List.of());
    }

    /** Why a notification is not sent, or not yet: the reason of its first channel. */
    private static @Nullable Reason reason(Status status, List<NotificationView.DeliveryView> deliveries) {
        return !status.hasReason()
                ? null
                : deliveries.stream()
                        .filter(delivery -> delivery.status() == status)
                        .map(NotificationView.DeliveryView::reason)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .map(Reason::valueOf)
                        .orElse(null);
    }

    /** The reason code, whether the delivery was withdrawn, waits, or failed permanently. */
    private static @Nullable String reason(Row row) {
        var givenUp = row.getString("given_up");
        return givenUp == null
                ? row.getString("delivery_reason")
                : Reason.of(FailureKind.valueOf(givenUp)).name();
    }

    /** Counted again, for the text is what it was; nothing of one that was erased. */
    private static @Nullable Integer segments(Row row) {
        var text = row.getString("body");
        return text == null || text.isBlank() || !"sms".equals(row.getString("channel"))
                ? null
                : SmsSize.of(text).segments();
    }

    private static NotificationView.@Nullable AttemptView attempt(Row row) {
        return row.getShort("number") == null
                ? null
                : new NotificationView.AttemptView(
                        row.getShort("number"),
                        row.getString("provider"),
                        row.getString("outcome"),
                        row.getString("failure"),
                        row.getString("attempt_detail"),
                        row.getString("provider_message_id"),
                        segments(row),
                        PgTimes.instant(row, "started_at"),
                        PgTimes.instant(row, "ended_at"));
    }
}
