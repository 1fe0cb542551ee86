package dev.carillon.notification.tracking;

import dev.carillon.platform.id.Ids;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The SQL of re-evaluated notifications. */
@ApplicationScoped
class PgReviews {

    private static final String TYPES = """
            select n.id, n.type from %s
            join notification n on n.id = w.id and n.created_at = w.created_at
            """.formatted(PgColumns.IDS.unnest("w"));

    /** Written beside the first decision, with the same event and rule. */
    private static final String INSERT = """
            insert into decision (id, decided_at, tenant, door, event_id, rule_id, rule_version, customer_id, notification_id,
                                  verdict, reason, detail, gates, judged_at, until, event_position)
            select r.id, $1, d.tenant, d.door, d.event_id, d.rule_id, d.rule_version, d.customer_id, d.id,
                   r.verdict, r.reason, r.detail, r.gates::json, r.judged_at, r.until, d.event_position
            from %s
            join decision d on d.id = r.notification_id and d.decided_at = r.first_at
            """;

    private final Json json;
    private final Ids ids;
    private final PgColumns<Review> reviews;
    private final String insert;

    PgReviews(Json json, Ids ids) {
        this.json = json;
        this.ids = ids;
        this.reviews = PgColumns.<Review>of()
                .text("id", review -> ids.next())
                .text("notification_id", Review::notificationId)
                .time("first_at", review -> Ids.timeOf(review.notificationId()))
                .text("verdict", review -> review.verdict().wire())
                .text(
                        "reason",
                        review ->
                                review.reason() == null ? null : review.reason().name())
                .text("detail", Review::detail)
                .json("gates", Review::gates)
                .time("judged_at", Review::judgedAt)
                .time("until", Review::until)
                .after(1);
        this.insert = INSERT.formatted(reviews.unnest("r"));
    }

    Uni<Map<String, String>> types(Tx tx, Collection<String> notifications) {
        return PgRows.of(tx, TYPES, PgColumns.IDS.of(List.copyOf(notifications)))
                .map(row -> row.getString("id"), row -> row.getString("type"));
    }

    Uni<Void> insert(Tx tx, List<Review> made) {
        return PgRows.of(tx, insert, reviews.of(json, made, ids.now())).done();
    }
}
