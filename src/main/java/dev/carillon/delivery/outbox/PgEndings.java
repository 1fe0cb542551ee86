package dev.carillon.delivery.outbox;

import dev.carillon.delivery.DeliveryListener.Moved;
import dev.carillon.delivery.outbox.Attempt.AttemptOutcome;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** The SQL that records deliveries that ended without being sent. It does nothing for all others. */
@ApplicationScoped
class PgEndings {

    /** Those it has something to write for. */
    static final Set<AttemptOutcome> OUTCOMES = Set.of(AttemptOutcome.DEAD, AttemptOutcome.EXPIRED);

    /** Adds the notification's id and type to dead letters, so that they can be filtered by them. */
    private static final String NAME = """
            update dead_letter x set notification_id = d.notification_id, type = n.type
            from %s
            join delivery d on d.id = w.id and d.created_at = w.created_at
            left join notification n on n.tenant = d.tenant and n.id = d.notification_id
            where x.delivery_id = w.id
            """.formatted(PgColumns.IDS.unnest("w"));

    private static final String EXPIRE = """
            update delivery d set reason = 'EXPIRED', detail = 'expired before it could be sent'
            from %s where d.id = w.id and d.created_at = w.created_at
            """.formatted(PgColumns.IDS.unnest("w"));

    Uni<Void> write(Tx tx, List<Moved> moved) {
        return write(tx, NAME, moved, AttemptOutcome.DEAD)
                .chain(() -> write(tx, EXPIRE, moved, AttemptOutcome.EXPIRED));
    }

    private static Uni<Void> write(Tx tx, String sql, List<Moved> moved, AttemptOutcome outcome) {
        var ids = moved.stream()
                .filter(one -> one.outcome().equals(outcome.wire()))
                .map(Moved::deliveryId)
                .toList();
        return PgRows.of(tx, sql, PgColumns.IDS.of(ids)).done();
    }
}
