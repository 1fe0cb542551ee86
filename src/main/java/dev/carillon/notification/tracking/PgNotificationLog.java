package dev.carillon.notification.tracking;

import static dev.carillon.platform.sql.PgArrays.texts;
import static dev.carillon.platform.sql.PgArrays.times;

import dev.carillon.notification.decision.Door;
import dev.carillon.notification.decision.RuleDecision;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The SQL that records notifications and decisions, one statement for each batch. */
@ApplicationScoped
class PgNotificationLog {

    /** A notification's decision has the notification's own id. */
    private static final String INSERT = """
            with incoming as (
              select * from unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                                   $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::bigint[], $19::timestamptz[], $20::timestamptz[], $21::bigint[], $22::text[], $23::text[], $24::text[])
                as t(id, created_at, tenant, type, category, customer_id, door, context, business_key,
                     correlation_id, event_id, rule_id, rule_version, reason, detail, duplicate_of, gates, as_of, judged_at, until, event_position, held, template_version, locale)
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
            """;

    private static final String INSERT_DECIDED = """
            insert into decision (id, decided_at, tenant, door, event_id, rule_id, rule_version, customer_id, verdict, reason, detail, gates,
                                  notification_id, as_of, judged_at, event_position)
            select id, $2, tenant, $16, event_id, rule_id, rule_version, customer_id, verdict, reason, detail, gates::json,
                   notification_id, as_of, judged_at, event_position
            from unnest($1::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
                        $12::text[], $13::bigint[], $14::timestamptz[], $15::bigint[])
              as t(id, tenant, event_id, rule_id, rule_version, customer_id, verdict, reason, detail, gates, notification_id, as_of, judged_at, event_position)
            """;

    private final Json json;
    private final Ids ids;

    PgNotificationLog(Json json, Ids ids) {
        this.json = json;
        this.ids = ids;
    }

    Uni<Void> insert(Tx tx, List<NotificationRecord> records) {
        return PgTx.connection(tx)
                .preparedQuery(INSERT)
                .execute(Tuple.tuple()
                        .addArrayOfString(texts(records, NotificationRecord::id))
                        .addArrayOfOffsetDateTime(times(records, r -> Ids.timeOf(r.id())))
                        .addArrayOfString(texts(records, NotificationRecord::tenant))
                        .addArrayOfString(texts(records, NotificationRecord::type))
                        .addArrayOfString(texts(records, NotificationRecord::category))
                        .addArrayOfString(texts(records, NotificationRecord::customerId))
                        .addArrayOfString(texts(records, r -> r.origin().door().wire()))
                        .addArrayOfString(texts(records, r -> json.write(r.context())))
                        .addArrayOfString(texts(records, NotificationRecord::businessKey))
                        .addArrayOfString(texts(records, NotificationRecord::correlationId))
                        .addArrayOfString(texts(
                                records,
                                r -> r.origin().event() == null
                                        ? null
                                        : r.origin().event().eventId()))
                        .addArrayOfString(texts(
                                records,
                                r -> r.origin().rule() == null
                                        ? null
                                        : r.origin().rule().id()))
                        .addArrayOfString(texts(
                                records,
                                r -> r.origin().rule() == null
                                        ? null
                                        : r.origin().rule().version()))
                        .addArrayOfString(texts(records, r -> r.verdict().code()))
                        .addArrayOfString(texts(records, r -> r.verdict().detail()))
                        .addArrayOfString(texts(records, r -> r.verdict().duplicateOf()))
                        .addArrayOfString(
                                texts(records, r -> json.write(r.verdict().gates())))
                        .addArrayOfLong(
                                records.stream().map(r -> r.origin().asOf()).toArray(Long[]::new))
                        .addArrayOfOffsetDateTime(times(records, r -> r.judgedAt()))
                        .addArrayOfOffsetDateTime(
                                times(records, r -> r.verdict().until()))
                        .addArrayOfLong(records.stream()
                                .map(r -> r.origin().event() == null
                                        ? null
                                        : r.origin().event().position())
                                .toArray(Long[]::new))
                        .addArrayOfString(texts(
                                records,
                                r -> r.verdict().held() == null
                                        ? null
                                        : r.verdict().held().reason()))
                        .addArrayOfString(texts(
                                records,
                                r -> r.edition() == null ? null : r.edition().version()))
                        .addArrayOfString(texts(
                                records,
                                r -> r.edition() == null
                                        ? null
                                        : r.edition().locale().toLanguageTag())))
                .replaceWithVoid();
    }

    Uni<Void> insertDecided(Tx tx, List<RuleDecision> decided) {
        return PgTx.connection(tx)
                .preparedQuery(INSERT_DECIDED)
                .execute(Tuple.tuple()
                        .addArrayOfString(texts(decided, d -> ids.next()))
                        .addOffsetDateTime(PgTimes.at(ids.now()))
                        .addArrayOfString(texts(decided, RuleDecision::tenant))
                        .addArrayOfString(texts(decided, d -> d.event().eventId()))
                        .addArrayOfString(texts(decided, d -> d.rule().id()))
                        .addArrayOfString(texts(decided, d -> d.rule().version()))
                        .addArrayOfString(texts(decided, RuleDecision::customerId))
                        .addArrayOfString(texts(decided, d -> d.verdict().wire()))
                        .addArrayOfString(texts(
                                decided,
                                d -> d.reason() == null ? null : d.reason().name()))
                        .addArrayOfString(texts(decided, RuleDecision::detail))
                        .addArrayOfString(texts(decided, d -> json.write(d.gates())))
                        .addArrayOfString(texts(decided, RuleDecision::notificationId))
                        .addArrayOfLong(decided.stream().map(RuleDecision::asOf).toArray(Long[]::new))
                        .addArrayOfOffsetDateTime(times(decided, d -> d.judgedAt()))
                        .addArrayOfLong(
                                decided.stream().map(d -> d.event().position()).toArray(Long[]::new))
                        .addString(Door.EVENT_SOURCED.wire()))
                .replaceWithVoid();
    }
}
