package dev.carillon.notification.tracking;

import dev.carillon.notification.decision.Door;
import dev.carillon.notification.decision.RuleDecision;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The SQL that records notifications and decisions, one statement for each batch. */
@ApplicationScoped
class PgNotificationLog {

    private static final PgColumns<NotificationRecord> RECORDS = PgColumns.<NotificationRecord>of()
            .text("id", NotificationRecord::id)
            .time("created_at", one -> Ids.timeOf(one.id()))
            .text("tenant", NotificationRecord::tenant)
            .text("type", NotificationRecord::type)
            .text("category", NotificationRecord::category)
            .text("customer_id", NotificationRecord::customerId)
            .text("door", one -> one.origin().door().wire())
            .json("context", NotificationRecord::context)
            .text("business_key", NotificationRecord::businessKey)
            .text("correlation_id", NotificationRecord::correlationId)
            .text(
                    "event_id",
                    one -> one.origin().event() == null
                            ? null
                            : one.origin().event().eventId())
            .text(
                    "rule_id",
                    one -> one.origin().rule() == null
                            ? null
                            : one.origin().rule().id())
            .text(
                    "rule_version",
                    one -> one.origin().rule() == null
                            ? null
                            : one.origin().rule().version())
            .text("reason", one -> one.verdict().code())
            .text("detail", one -> one.verdict().detail())
            .text("duplicate_of", one -> one.verdict().duplicateOf())
            .json("gates", one -> one.verdict().gates())
            .bigint("as_of", one -> one.origin().asOf())
            .time("judged_at", NotificationRecord::judgedAt)
            .time("until", one -> one.verdict().until())
            .bigint(
                    "event_position",
                    one -> one.origin().event() == null
                            ? null
                            : one.origin().event().position())
            .text(
                    "held",
                    one -> one.verdict().held() == null
                            ? null
                            : one.verdict().held().reason())
            .text(
                    "template_version",
                    one -> one.edition() == null ? null : one.edition().version())
            .text(
                    "locale",
                    one -> one.edition() == null ? null : one.edition().locale().toLanguageTag());

    /** A notification's decision has the notification's own id. */
    private static final String INSERT = """
            with incoming as (
              select * from %s
            ), decided as (
              insert into decision (id, decided_at, tenant, door, event_id, rule_id, rule_version, customer_id, notification_id, verdict, reason, detail, gates, as_of, judged_at, until,
                                    event_position)
              select id, created_at, tenant, door, event_id, rule_id, rule_version, customer_id, id,
                     case when reason is not null then 'suppress' when until is not null then 'defer' else 'notify' end,
                     coalesce(reason, held), detail, gates::json, as_of, judged_at, until, event_position
              from incoming
            )
            insert into notification (id, created_at, tenant, type, category, customer_id, door, context, business_key,
                                      correlation_id, event_id, rule_id, reason, detail, duplicate_of, template_version, locale)
            select id, created_at, tenant, type, category, customer_id, door, context::json, business_key,
                   correlation_id, event_id, rule_id, reason, detail, duplicate_of, template_version, locale
            from incoming
            """.formatted(RECORDS.unnest("t"));

    private static final String INSERT_DECIDED =
            "insert into decision (decided_at, door, %s) select $1, $2, %s from %s";

    private final Json json;
    private final Ids ids;
    private final PgColumns<RuleDecision> decisions;
    private final String insertDecided;

    PgNotificationLog(Json json, Ids ids) {
        this.json = json;
        this.ids = ids;
        this.decisions = PgColumns.<RuleDecision>of()
                .text("id", decision -> ids.next())
                .text("tenant", RuleDecision::tenant)
                .text("event_id", decision -> decision.event().eventId())
                .text("rule_id", decision -> decision.rule().id())
                .text("rule_version", decision -> decision.rule().version())
                .text("customer_id", RuleDecision::customerId)
                .text("verdict", decision -> decision.verdict().wire())
                .text(
                        "reason",
                        decision -> decision.reason() == null
                                ? null
                                : decision.reason().name())
                .text("detail", RuleDecision::detail)
                .json("gates", RuleDecision::gates)
                .text("notification_id", RuleDecision::notificationId)
                .bigint("as_of", RuleDecision::asOf)
                .time("judged_at", RuleDecision::judgedAt)
                .bigint("event_position", decision -> decision.event().position())
                .after(2);
        this.insertDecided = INSERT_DECIDED.formatted(decisions.names(), decisions.values(), decisions.unnest("t"));
    }

    Uni<Void> insert(Tx tx, List<NotificationRecord> records) {
        return PgRows.of(tx, INSERT, RECORDS.of(json, records)).done();
    }

    Uni<Void> insertDecided(Tx tx, List<RuleDecision> decided) {
        return PgRows.of(tx, insertDecided, decisions.of(json, decided, ids.now(), Door.EVENT_SOURCED.wire()))
                .done();
    }
}
