package dev.carillon.notification;

import dev.carillon.notification.decision.Door;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The SQL of business keys: each business fact leads to one notification. The first to claim the key wins, through either
 * door. Keys are inserted in sorted order, so that two batches never deadlock.
 */
@ApplicationScoped
class PgBusinessKeys {

    private static final PgColumns<BusinessKey> KEYS =
            PgColumns.<BusinessKey>of().text("tenant", BusinessKey::tenant).text("key", BusinessKey::key);

    private static final PgColumns<BusinessKey> KEYS_BEFORE = KEYS.after(2);

    private static final PgColumns<NotificationCommand> COMMANDS = PgColumns.<NotificationCommand>of()
            .text("tenant", NotificationCommand::tenant)
            .text("key", NotificationCommand::businessKey);

    private static final PgColumns<NotificationCommand> HOLDERS_TO_BE = COMMANDS.text(
                    "notification_id", NotificationCommand::trackingId)
            .time("created_at", command -> Ids.timeOf(command.trackingId()));

    private static final String RESERVE = """
            %s order by tenant, key on conflict (tenant, key) do nothing
            """.formatted(HOLDERS_TO_BE.insertInto("business_key"));

    /** By number, because the database may return a text in another form than it was sent. */
    static final String HOLDERS = """
            select w.n, k.notification_id from %s
            join business_key k using (tenant, key)
            """.formatted(COMMANDS.numbered("w"));

    /** A key that door 2 took it had before door 1 came, or door 1 would have it. */
    private static final String SENT_ELSEWHERE = """
            select w.n, k.notification_id from %s
            join business_key k using (tenant, key)
            left join notification n on n.tenant = k.tenant and n.id = k.notification_id
            where k.created_at < $1 or n.door = $2
            """.formatted(KEYS_BEFORE.numbered("w"));

    /**
     * Each by its key: as a join it was planned as a merge with all keys, dead ones included, which took 33 to 94 ms for
     * 500 of 100,000.
     */
    static final String RELEASE = """
            delete from business_key where ctid = any(array(
              select k.ctid from %s cross join lateral (select ctid from business_key where tenant = w.tenant and key = w.key limit 1) k))
            """.formatted(KEYS.unnest("w"));

    /** By its key, for the same reason. */
    static final String RENAME = """
            with found as (
              select w.*, k.ctid as place from %s cross join lateral (select ctid from business_key where tenant = w.tenant and key = w.key limit 1) k)
            update business_key k set notification_id = f.notification_id, created_at = f.created_at
            from found f where k.ctid = any(array(select place from found)) and k.tenant = f.tenant and k.key = f.key
            """.formatted(HOLDERS_TO_BE.unnest("w"));

    /** Releases keys: a fact that reached nobody on any channel may be sent again. */
    private static final String GIVE_BACK = """
            delete from business_key k using notification n
            where n.tenant = $1 and n.id = $2 and n.created_at = $3 and k.tenant = n.tenant and k.key = n.business_key and k.notification_id = n.id
              and not exists (select 1 from deliveries_of(n.id, n.created_at) d where d.reason is null)
            """;

    /** Reserves the keys of the commands that have one. Waits for others that are reserving the same key now. */
    Uni<Reservation> reserve(Tx tx, List<NotificationCommand> commands) {
        var first = new LinkedHashMap<BusinessKey, NotificationCommand>();
        commands.stream()
                .filter(command -> command.fact() != null)
                .forEach(command -> first.putIfAbsent(command.fact(), command));
        return reserveDistinct(tx, List.copyOf(first.values()));
    }

    private Uni<Reservation> reserveDistinct(Tx tx, List<NotificationCommand> commands) {
        return PgRows.of(tx, RESERVE, HOLDERS_TO_BE.of(commands))
                .count()
                .chain(inserted -> inserted == commands.size()
                        ? Uni.createFrom().item(allOurs(commands))
                        : PgRows.of(tx, HOLDERS, COMMANDS.of(commands))
                                .rows()
                                .map(holders -> reservation(commands, holders)));
    }

    /** The notifications of these facts from before a time, or from door 2. */
    Uni<Map<BusinessKey, String>> sentElsewhere(Tx tx, List<BusinessKey> keys, Instant before) {
        return PgRows.of(tx, SENT_ELSEWHERE, KEYS_BEFORE.of(keys, before, Door.API_DRIVEN.wire()))
                .map(row -> PgRows.asked(keys, row), row -> row.getString("notification_id"));
    }

    /** Releases the keys that nothing was sent under, and puts the right notification on those that another one reserved. */
    Uni<Void> settle(Tx tx, Reservation reservation) {
        return PgRows.of(tx, RELEASE, KEYS.of(reservation.unused()))
                .done()
                .chain(() -> PgRows.of(tx, RENAME, HOLDERS_TO_BE.of(reservation.takenOver()))
                        .done());
    }

    /** Gives back the key of a notification that was withdrawn on every channel. */
    Uni<Void> giveBack(Tx tx, String tenant, String notificationId) {
        return PgRows.of(tx, GIVE_BACK, tenant, notificationId, Ids.timeOf(notificationId))
                .done();
    }

    private static Reservation allOurs(List<NotificationCommand> commands) {
        var ours = new HashMap<BusinessKey, String>();
        commands.forEach(command -> ours.put(command.fact(), command.trackingId()));
        return new Reservation(ours, Map.of());
    }

    private static Reservation reservation(List<NotificationCommand> commands, List<Row> holders) {
        var ours = new HashMap<BusinessKey, String>();
        var others = new HashMap<BusinessKey, String>();
        holders.forEach(row -> {
            var command = PgRows.asked(commands, row);
            var holder = row.getString("notification_id");
            (holder.equals(command.trackingId()) ? ours : others).put(command.fact(), holder);
        });
        return new Reservation(ours, others);
    }
}
