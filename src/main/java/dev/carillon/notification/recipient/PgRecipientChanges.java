package dev.carillon.notification.recipient;

import dev.carillon.notification.recipient.RecipientCache.RecipientChange;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * The SQL that reads whose contact, preferences or addresses changed. It uses the database's clock, because the cache
 * ages by real time too.
 */
@ApplicationScoped
class PgRecipientChanges {

    private static final String SINCE =
            "select position, tenant, customer_id from recipient_change where position > $1 order by position limit $2";

    private static final String LAST = "select coalesce(max(position), 0) from recipient_change";

    /**
     * Runs long after every cache has dropped what these changes were about. The newest stays: it tells that nothing
     * has changed since.
     */
    private static final String FORGET = """
            delete from recipient_change where ctid = any(array(
              select ctid from recipient_change where changed_at < now() - interval '1 hour' and position < (select max(position) from recipient_change)
              order by position limit $1 for update skip locked))
            """;

    Uni<List<RecipientChange>> since(Tx tx, long position, int limit) {
        return PgRows.of(tx, SINCE, position, limit)
                .list(row -> new RecipientChange(
                        row.getLong("position"), row.getString("tenant"), row.getString("customer_id")));
    }

    Uni<Long> last(Tx tx) {
        return PgRows.of(tx, LAST).one(row -> row.getLong(0));
    }

    Uni<Integer> forget(Tx tx, int limit) {
        return PgRows.of(tx, FORGET, limit).count();
    }
}
