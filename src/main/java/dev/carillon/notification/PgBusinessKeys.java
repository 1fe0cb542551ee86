package dev.carillon.notification;

import static dev.carillon.platform.sql.PgArrays.texts;
import static dev.carillon.platform.sql.PgArrays.times;

import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Business keys, as SQL. Keys are inserted in their order, so that two batches never wait for each other in a circle. */
@ApplicationScoped
class PgBusinessKeys {

    private static final String RESERVE = """
            insert into business_key (tenant, key, notification_id, created_at)
            select distinct on (tenant, key) tenant, key, id, created_at
            from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) with ordinality as t(tenant, key, id, created_at, n)
            order by tenant, key, n
            on conflict (tenant, key) do nothing
            """;

    private static final String HOLDERS = """
            select w.id, k.notification_id from unnest($1::text[], $2::text[], $3::text[]) as w(tenant, key, id)
            join business_key k using (tenant, key) where k.notification_id <> w.id
            """;

    private static final String RELEASE = """
            delete from business_key k using unnest($1::text[], $2::text[], $3::text[]) as w(tenant, key, id)
            where k.tenant = w.tenant and k.key = w.key and k.notification_id = w.id
            """;

    Uni<Map<String, String>> reserve(Tx tx, List<NotificationCommand> commands) {
        var connection = PgTx.connection(tx);
        return connection.preparedQuery(RESERVE).execute(owners(commands).addArrayOfOffsetDateTime(
                        times(commands, c -> Ids.timeOf(c.trackingId()))))
                .chain(inserted -> inserted.rowCount() == commands.size() ? Uni.createFrom().item(Map.of())
                        : connection.preparedQuery(HOLDERS).execute(owners(commands)).map(PgBusinessKeys::holders));
    }

    Uni<Void> release(Tx tx, List<NotificationCommand> commands) {
        return PgTx.connection(tx).preparedQuery(RELEASE).execute(owners(commands)).replaceWithVoid();
    }

    private static Map<String, String> holders(RowSet<Row> rows) {
        var holders = new HashMap<String, String>();
        rows.forEach(row -> holders.put(row.getString("id"), row.getString("notification_id")));
        return holders;
    }

    private static Tuple owners(List<NotificationCommand> commands) {
        return Tuple.tuple()
                .addArrayOfString(texts(commands, NotificationCommand::tenant))
                .addArrayOfString(texts(commands, NotificationCommand::businessKey))
                .addArrayOfString(texts(commands, NotificationCommand::trackingId));
    }
}
