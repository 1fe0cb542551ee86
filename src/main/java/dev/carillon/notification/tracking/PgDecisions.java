package dev.carillon.notification.tracking;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;

/** Decisions read back, as SQL: a page costs the same however many decisions there are. */
@ApplicationScoped
class PgDecisions {

    private static final TypeReference<List<Gate>> GATES = new TypeReference<>() {
    };

    private static final String OF_EVENT = """
            select id, decided_at, rule_id, rule_version, customer_id, verdict, reason, detail, gates::text as gates, notification_id
            from decision where tenant = $1 and event_id = $2 and id > $3 order by id limit $4
            """;

    private final Json json;

    PgDecisions(Json json) {
        this.json = json;
    }

    Uni<List<DecisionView>> ofEvent(Tx tx, String tenant, String eventId, String after, int limit) {
        return PgTx.connection(tx).preparedQuery(OF_EVENT).execute(Tuple.of(tenant, eventId, after, limit)).map(rows -> {
            var decisions = new ArrayList<DecisionView>(rows.size());
            rows.forEach(row -> decisions.add(view(row)));
            return decisions;
        });
    }

    private DecisionView view(Row row) {
        var reason = row.getString("reason") == null ? null : Reason.valueOf(row.getString("reason"));
        return new DecisionView(row.getString("id"), row.getOffsetDateTime("decided_at").toInstant(), row.getString("rule_id"),
                row.getString("rule_version"), row.getString("customer_id"), row.getString("verdict"), reason,
                reason == null ? null : reason.sentence(), row.getString("detail"), json.read(row.getString("gates"), GATES),
                row.getString("notification_id"));
    }
}
