package dev.carillon.notification;

import static dev.carillon.platform.sql.PgArrays.texts;
import static dev.carillon.platform.sql.PgArrays.times;

import dev.carillon.notification.decision.Door;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The SQL of business keys. Keys are inserted in sorted order, so that two batches never deadlock. */
@ApplicationScoped
class PgBusinessKeys {

    private static final String RESERVE = """
            insert into business_key (tenant, key, notification_id, created_at)
            select tenant, key, id, created_at from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) as t(tenant, key, id, created_at)
            order by tenant, key
            on conflict (tenant, key) do nothing
            """;

    /** By number, because the database may return a text in another form than it was sent. */
    private static final String HOLDERS = """
            select w.n, k.notification_id from unnest($1::text[], $2::text[]) with ordinality as w(tenant, key, n)
            join business_key k using (tenant, key)
            """;

    /** A key that door 2 took it had before door 1 came, or door 1 would have it. */
    private static final String TOLD_ELSEWHERE = """
            select w.n, k.notification_id from unnest($1::text[], $2::text[]) with ordinality as w(tenant, key, n)
            join business_key k using (tenant, key)
            left join notification n on n.tenant = k.tenant and n.id = k.notification_id
            where k.created_at < $3 or n.door = $4
            """;

    private static final String RELEASE = """
            delete from business_key k using unnest($1::text[], $2::text[]) as w(tenant, key) where k.tenant = w.tenant and k.key = w.key
            """;

    /** Releases keys: a fact that reached nobody on any channel may be sent again. */
    private static final String GIVE_BACK = """
            delete from business_key k using notification n
            where n.tenant = $1 and n.id = $2 and n.created_at = $3 and k.tenant = n.tenant and k.key = n.business_key and k.notification_id = n.id
              and not exists (select 1 from delivery d where d.notification_id = n.id and d.reason is null)
            """;

    private static final String RENAME = """
            update business_key k set notification_id = w.id, created_at = w.created_at
            from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) as w(tenant, key, id, created_at)
            where k.tenant = w.tenant and k.key = w.key
            """;

    /** The commands' keys are distinct. */
    Uni<Reservation> reserve(Tx tx, List<NotificationCommand> commands) {
        var connection = PgTx.connection(tx);
        return connection
                .preparedQuery(RESERVE)
                .execute(tellers(commands))
                .chain(inserted -> inserted.rowCount() == commands.size()
                        ? Uni.createFrom().item(allOurs(commands))
                        : connection
                                .preparedQuery(HOLDERS)
                                .execute(Tuple.of(
                                        texts(commands, NotificationCommand::tenant),
                                        texts(commands, NotificationCommand::businessKey)))
                                .map(holders -> reservation(commands, holders)));
    }

    /** The notifications of these facts from before a time, or from door 2. */
    Uni<Map<BusinessKey, String>> toldElsewhere(Tx tx, List<BusinessKey> keys, Instant before) {
        return keys.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : PgTx.connection(tx)
                        .preparedQuery(TOLD_ELSEWHERE)
                        .execute(Tuple.of(
                                texts(keys, BusinessKey::tenant),
                                texts(keys, BusinessKey::key),
                                PgTimes.at(before),
                                Door.API_DRIVEN.wire()))
                        .map(rows -> {
                            var told = new HashMap<BusinessKey, String>();
                            rows.forEach(row ->
                                    told.put(keys.get((int) (row.getLong("n") - 1)), row.getString("notification_id")));
                            return told;
                        });
    }

    /** Gives back keys that were reserved in this transaction. */
    Uni<Void> release(Tx tx, List<BusinessKey> keys) {
        return PgTx.connection(tx)
                .preparedQuery(RELEASE)
                .execute(Tuple.of(texts(keys, BusinessKey::tenant), texts(keys, BusinessKey::key)))
                .replaceWithVoid();
    }

    /** Gives back the key of a notification that was withdrawn on every channel. */
    Uni<Void> giveBack(Tx tx, String tenant, String notificationId) {
        return PgTx.connection(tx)
                .preparedQuery(GIVE_BACK)
                .execute(Tuple.of(tenant, notificationId, PgTimes.at(Ids.timeOf(notificationId))))
                .replaceWithVoid();
    }

    /** Puts the commands' names on keys that were reserved in this transaction. */
    Uni<Void> rename(Tx tx, List<NotificationCommand> tellers) {
        return PgTx.connection(tx)
                .preparedQuery(RENAME)
                .execute(tellers(tellers))
                .replaceWithVoid();
    }

    private static Reservation allOurs(List<NotificationCommand> commands) {
        var ours = new HashMap<BusinessKey, String>();
        commands.forEach(command -> ours.put(command.fact(), command.trackingId()));
        return new Reservation(ours, Map.of());
    }

    private static Reservation reservation(List<NotificationCommand> commands, RowSet<Row> holders) {
        var ours = new HashMap<BusinessKey, String>();
        var others = new HashMap<BusinessKey, String>();
        holders.forEach(row -> {
            var command = commands.get((int) (row.getLong("n") - 1));
            var holder = row.getString("notification_id");
            (holder.equals(command.trackingId()) ? ours : others).put(command.fact(), holder);
        });
        return new Reservation(ours, others);
    }

    private static Tuple tellers(List<NotificationCommand> commands) {
        return Tuple.of(
                texts(commands, NotificationCommand::tenant),
                texts(commands, NotificationCommand::businessKey),
                texts(commands, NotificationCommand::trackingId),
                times(commands, c -> Ids.timeOf(c.trackingId())));
    }
}
