package dev.carillon.notification.inbox;

import static dev.carillon.platform.sql.PgArrays.texts;
import static dev.carillon.platform.sql.PgArrays.times;

import dev.carillon.notification.recipient.Recipient;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The inbox SQL. Each query reads one end of one index, however full an inbox is. */
@ApplicationScoped
class PgInbox {

    /** A notification's id is its time, and its time is its partition. */
    private static final String KINDS = """
            select n.id, n.type, n.category from unnest($2::text[], $3::timestamptz[]) as w(id, created_at)
            join notification n on n.tenant = $1 and n.id = w.id and n.created_at = w.created_at
            """;

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
            select c.tenant, c.id, coalesce(i.last, 0) as last from unnest($1::text[], $2::text[]) as w(tenant, customer_id)
            join customer c on c.tenant = w.tenant and c.id = w.customer_id
            left join inbox i on i.tenant = w.tenant and i.customer_id = w.customer_id
            """;

    private static String portion(String select, String order) {
        return """
                select * from (select *, sum(bytes) over (order by %1$s) - bytes as before, count(*) over () as found from (
                  select *, coalesce(octet_length(body), 0) + coalesce(octet_length(html), 0) as bytes from (%2$s) m) m) m
                where before < %3$d order by %1$s""".formatted(order, select, BYTES_AT_ONCE);
    }

    /** @param cut whether there are fewer than were asked for, though there are more */
    record FoundMessage(List<InboxMessage> messages, boolean cut) {}

    Uni<FoundMessage> newest(Tx tx, String tenant, String customerId, boolean unreadOnly, long before, int limit) {
        return messages(tx, unreadOnly ? NEWEST_UNREAD : NEWEST, Tuple.of(tenant, customerId, before, limit));
    }

    /** As many as one read allows; a stream reads again for the rest. */
    Uni<List<InboxMessage>> following(Tx tx, String tenant, String customerId, long after, int limit) {
        return messages(tx, FOLLOWING, Tuple.of(tenant, customerId, after, limit))
                .map(FoundMessage::messages);
    }

    Uni<Integer> unread(Tx tx, String tenant, String customerId, int most) {
        return PgTx.connection(tx)
                .preparedQuery(UNREAD)
                .execute(Tuple.of(tenant, customerId, most))
                .map(rows -> rows.iterator().next().getInteger("n"));
    }

    Uni<Boolean> read(Tx tx, String tenant, String customerId, long id, Instant now) {
        return PgTx.connection(tx)
                .preparedQuery(READ)
                .execute(Tuple.of(tenant, customerId, id, PgTimes.at(now)))
                .map(rows -> rows.rowCount() == 1);
    }

    /** @return how many: less than {@code limit} when none is left */
    Uni<Integer> readUpTo(Tx tx, String tenant, String customerId, long id, Instant now, int limit) {
        return PgTx.connection(tx)
                .preparedQuery(READ_UP_TO)
                .execute(Tuple.of(tenant, customerId, id, PgTimes.at(now), limit))
                .map(RowSet::rowCount);
    }

    Uni<Boolean> remove(Tx tx, String tenant, String customerId, long id, Instant now) {
        return PgTx.connection(tx)
                .preparedQuery(REMOVE)
                .execute(Tuple.of(tenant, customerId, id, PgTimes.at(now)))
                .map(rows -> rows.rowCount() == 1);
    }

    Uni<Map<Recipient.RecipientKey, Long>> last(Tx tx, List<Recipient.RecipientKey> keys) {
        return PgTx.connection(tx)
                .preparedQuery(LAST)
                .execute(Tuple.of(
                        texts(keys, Recipient.RecipientKey::tenant), texts(keys, Recipient.RecipientKey::customerId)))
                .map(rows -> {
                    var last = new HashMap<Recipient.RecipientKey, Long>();
                    rows.forEach(row -> last.put(
                            new Recipient.RecipientKey(row.getString("tenant"), row.getString("id")),
                            row.getLong("last")));
                    return last;
                });
    }

    private static Uni<FoundMessage> messages(Tx tx, String statement, Tuple asked) {
        return PgTx.connection(tx)
                .preparedQuery(statement)
                .execute(asked)
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().item(new FoundMessage(List.of(), false))
                        : kinds(tx, asked.getString(0), rows)
                                .map(kinds -> new FoundMessage(
                                        messages(rows, kinds),
                                        rows.iterator().next().getLong("found") > rows.size())));
    }

    private static Uni<Map<String, Row>> kinds(Tx tx, String tenant, RowSet<Row> messages) {
        var ids = new ArrayList<String>();
        messages.forEach(row -> ids.add(row.getString("notification_id")));
        return PgTx.connection(tx)
                .preparedQuery(KINDS)
                .execute(Tuple.of(tenant, texts(ids, id -> id), times(ids, Ids::timeOf)))
                .map(rows -> {
                    var kinds = new HashMap<String, Row>();
                    rows.forEach(row -> kinds.put(row.getString("id"), row));
                    return kinds;
                });
    }

    private static List<InboxMessage> messages(RowSet<Row> rows, Map<String, Row> kinds) {
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
                    row.getOffsetDateTime("arrived_at").toInstant(),
                    PgTimes.instantOrNull(row.getOffsetDateTime("read_at"))));
        });
        return messages;
    }
}
