package dev.carillon.notification.tracking;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.carillon.notification.decision.EventRef;
import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.decision.RuleRef;
import dev.carillon.notification.decision.Verdict;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The SQL that reads decisions. A page costs the same however many decisions there are. Decisions are found by the
 * event id's index; the position separates events of different sources with the same id. Decisions recorded before
 * positions existed belong to each of them.
 */
@ApplicationScoped
class PgDecisions {

    private static final TypeReference<List<GateResult>> GATES = new TypeReference<>() {};

    private static final String SELECT = """
            select id, decided_at, rule_id, rule_version, customer_id, verdict, reason, detail, gates::text as gates, notification_id from decision
            """;

    static final String OF_EVENT = SELECT + """
            where tenant = $1 and event_id = $2 and id > $3 and (event_position is null or event_position = $5) order by id limit $4
            """;

    /** One index look-up for each rule, however many customers it decided about. */
    static final String RULES = """
            with recursive asked as (
              (select rule_id, rule_version from decision where tenant = $1 and event_id = $2 and (event_position is null or event_position = $3) and rule_id is not null order by rule_id limit 1)
              union all
              select next.rule_id, next.rule_version from asked a cross join lateral (
                select rule_id, rule_version from decision where tenant = $1 and event_id = $2 and (event_position is null or event_position = $3) and rule_id > a.rule_id order by rule_id limit 1) next
            )
            select rule_id, rule_version from asked
            """;

    /** Ordered by journal time: a digest has had its notification's id since it was opened. */
    static final String OF_CUSTOMER = SELECT + """
            where tenant = $1 and event_id = $2 and rule_id = any($4) and customer_id = $3 and (event_position is null or event_position = $5)
            order by judged_at, verdict in ('notify', 'suppress'), id
            """;

    /** None is older than the notification's id, but a minute for clocks that do not agree. */
    static final String OF_NOTIFICATION = SELECT + """
            where tenant = $1 and notification_id = $2 and id > $3 and decided_at >= $5 order by id limit $4
            """;

    static final String ABOUT_CUSTOMER = SELECT.replace("notification_id from", "notification_id, event_id from") + """
            where tenant = $1 and customer_id = $2 and id < $3 order by id desc limit $4
            """;

    private static final String OF_VERDICT = SELECT + "where tenant = $1 and verdict = $2 order by id";

    private final Json json;

    PgDecisions(Json json) {
        this.json = json;
    }

    Uni<List<DecisionView>> ofEvent(Tx tx, String tenant, EventRef event, String after, int limit) {
        return PgRows.of(tx, OF_EVENT, tenant, event.eventId(), after, limit, event.position())
                .list(this::view);
    }

    Uni<List<DecisionView>> ofNotification(Tx tx, String tenant, String id, String after, int limit) {
        return PgRows.of(
                        tx,
                        OF_NOTIFICATION,
                        tenant,
                        id,
                        after,
                        limit,
                        Ids.timeOf(id).minusSeconds(60))
                .list(this::view);
    }

    /** A decision with the event it answers. */
    record CustomerDecision(DecisionView decision, @Nullable String eventId) {}

    Uni<List<CustomerDecision>> aboutCustomer(Tx tx, String tenant, String customerId, String before, int limit) {
        return PgRows.of(tx, ABOUT_CUSTOMER, tenant, customerId, before, limit)
                .list(row -> new CustomerDecision(view(row), row.getString("event_id")));
    }

    Uni<List<DecisionView>> all(Tx tx, String tenant, Verdict verdict) {
        return PgRows.of(tx, OF_VERDICT, tenant, verdict.wire()).list(this::view);
    }

    Uni<List<RuleRef>> rules(Tx tx, String tenant, EventRef event) {
        return PgRows.of(tx, RULES, tenant, event.eventId(), event.position())
                .list(row -> new RuleRef(row.getString("rule_id"), row.getString("rule_version")));
    }

    Uni<List<DecisionView>> ofCustomer(
            Tx tx, String tenant, EventRef event, String customerId, Collection<String> rules) {
        return PgRows.of(
                        tx,
                        OF_CUSTOMER,
                        tenant,
                        event.eventId(),
                        customerId,
                        rules.toArray(String[]::new),
                        event.position())
                .list(this::view);
    }

    private DecisionView view(Row row) {
        var reason = row.getString("reason") == null ? null : Reason.valueOf(row.getString("reason"));
        return new DecisionView(
                row.getString("id"),
                PgTimes.instant(row, "decided_at"),
                row.getString("rule_id"),
                row.getString("rule_version"),
                row.getString("customer_id"),
                row.getString("verdict"),
                reason,
                reason == null ? null : reason.sentence(),
                row.getString("detail"),
                json.read(row.getString("gates"), GATES),
                row.getString("notification_id"));
    }
}
