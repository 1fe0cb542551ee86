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

/** What is written of parcels that end without having been sent, as SQL: nothing for all the others. */
@ApplicationScoped
class PgEndings {

    /** Of what it was given up, so that dead letters can be asked for by it. */
    private static final String NAME = """
            update dead_letter x set notification_id = d.notification_id, type = w.type
            from unnest($1::text[], $2::timestamptz[], $3::text[]) as w(id, created_at, type)
            join delivery d on d.id = w.id and d.created_at = w.created_at
            where x.delivery_id = w.id
            """;

    private static final String EXPIRE = """
            update delivery d set reason = 'EXPIRED', detail = 'expired before it could be sent'
            from unnest($1::text[], $2::timestamptz[], $3::text[]) as w(id, created_at, type) where d.id = w.id and d.created_at = w.created_at
            """;

    Uni<Void> write(Tx tx, List<Moved> moved) {
        return write(tx, NAME, moved, "dead").chain(() -> write(tx, EXPIRE, moved, "expired"));
    }

    private static Uni<Void> write(Tx tx, String sql, List<Moved> moved, String outcome) {
        var ended = moved.stream().filter(one -> one.outcome().equals(outcome)).toList();
        return ended.isEmpty() ? Uni.createFrom().voidItem() : PgTx.connection(tx).preparedQuery(sql)
                .execute(Tuple.of(texts(ended, Moved::deliveryId), times(ended, one -> Ids.timeOf(one.deliveryId())), texts(ended, Moved::type))).replaceWithVoid();
    }
}
