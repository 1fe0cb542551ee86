package dev.carillon.delivery.outbox;

import static dev.carillon.platform.sql.PgArrays.texts;
import static dev.carillon.platform.sql.PgArrays.times;

import dev.carillon.delivery.DeliveryListener.Moved;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The SQL that records deliveries that ended without being sent. It does nothing for all others. */
@ApplicationScoped
class PgEndings {

    /** Adds the notification's id and type to dead letters, so that they can be filtered by them. */
    private static final String NAME = """
            update dead_letter x set notification_id = d.notification_id, type = n.type
            from unnest($1::text[], $2::timestamptz[]) as w(id, created_at)
            join delivery d on d.id = w.id and d.created_at = w.created_at
            left join notification n on n.tenant = d.tenant and n.id = d.notification_id
            where x.delivery_id = w.id
            """;

    private static final String EXPIRE = """
            update delivery d set reason = 'EXPIRED', detail = 'expired before it could be sent'
            from unnest($1::text[], $2::timestamptz[]) as w(id, created_at) where d.id = w.id and d.created_at = w.created_at
            """;

    Uni<Void> write(Tx tx, List<Moved> moved) {
        return write(tx, NAME, moved, "dead").chain(() -> write(tx, EXPIRE, moved, "expired"));
    }

    private static Uni<Void> write(Tx tx, String sql, List<Moved> moved, String outcome) {
        var ids = moved.stream()
                .filter(one -> one.outcome().equals(outcome))
                .map(Moved::deliveryId)
                .toList();
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : PgTx.connection(tx)
                        .preparedQuery(sql)
                        .execute(Tuple.of(texts(ids, id -> id), times(ids, Ids::timeOf)))
                        .replaceWithVoid();
    }
}
