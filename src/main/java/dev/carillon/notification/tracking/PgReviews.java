package dev.carillon.notification.tracking;

import static dev.carillon.platform.sql.PgArrays.texts;
import static dev.carillon.platform.sql.PgArrays.times;

import dev.carillon.platform.id.Ids;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The SQL of re-evaluated notifications. */
@ApplicationScoped
class PgReviews {

    private static final String TYPES = """
            select n.id, n.type from unnest($1::text[], $2::timestamptz[]) as w(id, created_at)
            join notification n on n.id = w.id and n.created_at = w.created_at
            """;

    /** Written beside the first decision, with the same event and rule. */
    private static final String INSERT = """
            insert into decision (id, decided_at, tenant, door, event_id, rule_id, rule_version, customer_id, notification_id,
                                  verdict, reason, detail, gates, judged_at, until, event_position)
            select r.id, $3, d.tenant, d.door, d.event_id, d.rule_id, d.rule_version, d.customer_id, d.id,
                   r.verdict, r.reason, r.detail, r.gates::json, r.judged_at, r.until, d.event_position
            from unnest($1::text[], $2::text[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::text[], $9::timestamptz[], $10::timestamptz[])
              as r(id, notification_id, first_at, verdict, reason, detail, gates, judged_at, until)
            join decision d on d.id = r.notification_id and d.decided_at = r.first_at
            """;

    private final Json json;
    private final Ids ids;

    PgReviews(Json json, Ids ids) {
        this.json = json;
        this.ids = ids;
    }

    Uni<Map<String, String>> types(Tx tx, Collection<String> notifications) {
        var asked = List.copyOf(notifications);
        return PgTx.connection(tx)
                .preparedQuery(TYPES)
                .execute(Tuple.of(texts(asked, id -> id), times(asked, Ids::timeOf)))
                .map(rows -> {
                    var types = new HashMap<String, String>();
                    rows.forEach(row -> types.put(row.getString("id"), row.getString("type")));
                    return types;
                });
    }

    Uni<Void> insert(Tx tx, List<Review> reviews) {
        return PgTx.connection(tx)
                .preparedQuery(INSERT)
                .execute(Tuple.tuple()
                        .addArrayOfString(texts(reviews, r -> ids.next()))
                        .addArrayOfString(texts(reviews, Review::notificationId))
                        .addOffsetDateTime(PgTimes.at(ids.now()))
                        .addArrayOfOffsetDateTime(times(reviews, r -> Ids.timeOf(r.notificationId())))
                        .addArrayOfString(texts(reviews, r -> r.verdict().wire()))
                        .addArrayOfString(texts(
                                reviews,
                                r -> r.reason() == null ? null : r.reason().name()))
                        .addArrayOfString(texts(reviews, Review::detail))
                        .addArrayOfString(texts(reviews, r -> json.write(r.gates())))
                        .addArrayOfOffsetDateTime(times(reviews, Review::judgedAt))
                        .addArrayOfOffsetDateTime(times(reviews, Review::until)))
                .replaceWithVoid();
    }
}
