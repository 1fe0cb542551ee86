package dev.carillon.notification.tracking;

import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The SQL that reads what is too long to be read with every status. */
@ApplicationScoped
class PgMessages {

    static final String WITH_HTML = """
            select d.id from notification n cross join lateral deliveries_of(n.id, n.created_at) d
            where n.tenant = $1 and n.id = $2 and n.created_at = $3 and d.html is not null
            """;

    static final String HTML = """
            select d.html, d.recipient is null and d.body is null as erased from delivery d
            where d.tenant = $1 and d.id = $2 and d.created_at = $3 and d.notification_id = $4
            """;

    /** @param html null where there is none, or none any more */
    record StoredHtml(@Nullable String html, boolean erased) {}

    Uni<Set<String>> withHtml(Tx tx, String tenant, String trackingId) {
        return PgRows.of(tx, WITH_HTML, tenant, trackingId, Ids.timeOf(trackingId))
                .list((Row row) -> row.getString("id"))
                .map(HashSet::new);
    }

    Uni<Optional<StoredHtml>> html(Tx tx, String tenant, String trackingId, String deliveryId) {
        return PgRows.of(tx, HTML, tenant, deliveryId, Ids.timeOf(deliveryId), trackingId)
                .first(row -> new StoredHtml(row.getString("html"), row.getBoolean("erased")));
    }
}
