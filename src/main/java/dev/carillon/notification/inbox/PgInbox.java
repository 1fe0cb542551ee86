package dev.carillon.notification.inbox;

import dev.carillon.notification.recipient.RecipientKey;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgPortion;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The inbox SQL. Each query reads one end of one index, however full an inbox is. */
@ApplicationScoped
class PgInbox {

    private static final PgColumns<String> NOTIFICATIONS = PgColumns.IDS.after(1);

    private static final PgColumns<RecipientKey> CUSTOMERS = PgColumns.<RecipientKey>of()
            .text("tenant", RecipientKey::tenant)
            .text("customer_id", RecipientKey::customerId);

    /** A notification's id is its time, and its time is its partition. */
    private static final String KINDS = """
            select n.id, n.type, n.category from %s
            join notification n on n.tenant = $1 and n.id = w.id and n.created_at = w.created_at
            """.formatted(NOTIFICATIONS.unnest("w"));

    private static final String SIZE = "(coalesce(octet_length(body), 0) + coalesce(octet_length(html), 0))";

    private static final String PRESENT = """
            select position, notification_id, arrived_at, title, body, html, read_at from inbox_message
            where tenant = $1 and customer_id = $2 and removed_at is null""";
    private static final String NEWEST =
            portion(PRESENT + " and position < $3 order by position desc limit $4", "position desc");
    private static final String NEWEST_UNREAD = portion(
            PRESENT + " and read_at is null and position < $3 order by position desc limit $4", "position desc");
    private static final String FOLLOWING =
            portion(PRESENT + " and position > $3 order by position limit $4", "position");

    /** One read ends with the message that reaches this size; the row says how long its text is. */
    private static final int BYTES_AT_ONCE = 1 << 20;

    private static final String UNREAD = """
            select count(*) as n from (
              select 1 from inbox_message where tenant = $1 and customer_id = $2 and read_at is null and removed_at is null limit $3) counted
            """;

    private static final String READ = """
            update inbox_message set read_at = coalesce(read_at, $4)
            where tenant = $1 and customer_id = $2 and position = $3 and removed_at is null
            """;

    private static final String READ_UP_TO = """
            update inbox_message set read_at = $4 where delivery_id = any(array(
              select delivery_id from inbox_message
              where tenant = $1 and customer_id = $2 and read_at is null and removed_at is null and position <= $3
              order by position limit $5 for update))
            """;

    private static final String REMOVE = """
            update inbox_message set removed_at = $4, title = null, body = null, html = null
            where tenant = $1 and customer_id = $2 and position = $3 and removed_at is null
            """;

    /** For known customers: the number of their last message, 0 if they never had one. */
    private static final String LAST = """
            select c.tenant, c.id, coalesce(i.last, 0) as last from %s
            join customer c on c.tenant = w.tenant and c.id = w.customer_id
            left join inbox i on i.tenant = w.tenant and i.customer_id = w.customer_id
            """.formatted(CUSTOMERS.unnest("w"));

    private static String portion(String select, String order) {
        return PgPortion.of("e.*", select, SIZE, order, String.valueOf(BYTES_AT_ONCE));
    }

    /** @param cut whether there are fewer than were asked for, though there are more */
    record FoundMessage(List<InboxMessage> messages, boolean cut) {}

    Uni<FoundMessage> newest(Tx tx, String tenant, String customerId, boolean unreadOnly, long before, int limit) {
        return messages(tx, unreadOnly ? NEWEST_UNREAD : NEWEST, tenant, customerId, before, limit);
    }

    /** As many as one read allows; a stream reads again for the rest. */
    Uni<List<InboxMessage>> following(Tx tx, String tenant, String customerId, long after, int limit) {
        return messages(tx, FOLLOWING, tenant, customerId, after, limit).map(FoundMessage::messages);
    }

    Uni<Integer> unread(Tx tx, String tenant, String customerId, int most) {
        return PgRows.of(tx, UNREAD, tenant, customerId, most).one(row -> row.getInteger("n"));
    }

    Uni<Boolean> read(Tx tx, String tenant, String customerId, long id, Instant now) {
        return PgRows.of(tx, READ, tenant, customerId, id, now).any();
    }

    /** @return how many: less than {@code limit} when none is left */
    Uni<Integer> readUpTo(Tx tx, String tenant, String customerId, long id, Instant now, int limit) {
        return PgRows.of(tx, READ_UP_TO, tenant, customerId, id, now, limit).count();
    }

    Uni<Boolean> remove(Tx tx, String tenant, String customerId, long id, Instant now) {
        return PgRows.of(tx, REMOVE, tenant, customerId, id, now).any();
    }

    Uni<Map<RecipientKey, Long>> last(Tx tx, List<RecipientKey> keys) {
        return PgRows.of(tx, LAST, CUSTOMERS.of(keys))
                .map(row -> new RecipientKey(row.getString("tenant"), row.getString("id")), row -> row.getLong("last"));
    }

    private static Uni<FoundMessage> messages(
            Tx tx, String statement, String tenant, String customerId, long from, int limit) {
        return PgRows.of(tx, statement, tenant, customerId, from, limit)
                .rows()
                .chain(rows -> kinds(tx, tenant, rows)
                        .map(kinds -> new FoundMessage(
                                messages(rows, kinds),
                                !rows.isEmpty() && rows.get(0).getLong("found") > rows.size())));
    }

    private static Uni<Map<String, Row>> kinds(Tx tx, String tenant, List<Row> messages) {
        var ids = messages.stream().map(row -> row.getString("notification_id")).toList();
        return PgRows.of(tx, KINDS, NOTIFICATIONS.of(ids, tenant)).map(row -> row.getString("id"), row -> row);
    }

    private static List<InboxMessage> messages(List<Row> rows, Map<String, Row> kinds) {
        var messages = new ArrayList<InboxMessage>(rows.size());
        rows.forEach(row -> {
            var kind = kinds.get(row.getString("notification_id"));
            messages.add(new InboxMessage(
                    row.getLong("position"),
                    row.getString("notification_id"),
                    kind == null ? null : kind.getString("type"),
                    kind == null ? null : kind.getString("category"),
                    row.getString("title"),
                    row.getString("body"),
                    row.getString("html"),
                    PgTimes.instant(row, "arrived_at"),
                    PgTimes.instantOrNull(row, "read_at")));
        });
        return messages;
    }
}
