package dev.carillon.notification;

import dev.carillon.notification.NotificationDecision.ChannelResult.Skip;
import dev.carillon.notification.decision.Door;
import dev.carillon.notification.decision.EventRef;
import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.decision.RuleDecision;
import dev.carillon.notification.decision.RuleRef;
import dev.carillon.notification.statistics.PgTallies;
import dev.carillon.notification.template.Rendered.Edition;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The SQL that records notifications and all decisions, including refusals: one statement for each batch. */
@ApplicationScoped
public class PgNotificationLog {

    private static final PgColumns<Notification> NOTIFICATIONS = PgColumns.<Notification>of()
            .text("id", one -> one.command().trackingId())
            .time("created_at", one -> Ids.timeOf(one.command().trackingId()))
            .text("tenant", one -> one.command().tenant())
            .text("type", one -> one.command().type())
            .text("category", one -> one.decision().category())
            .text("customer_id", one -> one.command().customerId())
            .text("door", one -> one.command().origin().door().wire())
            .json("context", one -> one.command().context())
            .text("business_key", one -> one.command().businessKey())
            .text("correlation_id", one -> one.command().correlationId())
            .text("event_id", one -> of(one.command().origin().event(), EventRef::eventId))
            .bigint("event_position", one -> of(one.command().origin().event(), EventRef::position))
            .text("rule_id", one -> of(one.command().origin().rule(), RuleRef::id))
            .text("rule_version", one -> of(one.command().origin().rule(), RuleRef::version))
            .text("duplicate_of", one -> one.decision().duplicateOf())
            .text("template_version", one -> of(one.edition(), Edition::version))
            .text("locale", one -> of(one.edition(), edition -> edition.locale().toLanguageTag()))
            .json("skipped", one -> stored(one.decision().channels(Skip.class)))
            .text("reason", one -> of(one.reason(), Reason::name))
            .text("detail", one -> of(one.decision().refusal(), GateResult::detail))
            .json("gates", one -> GateResult.stored(one.decision().gates()))
            .bigint("as_of", one -> one.command().origin().asOf())
            .time("judged_at", one -> one.command().decidedAt())
            .time("until", one -> of(one.decision().hold(), NotificationDecision.HeldUntil::until))
            .text(
                    "hold_reason",
                    one -> of(of(one.decision().hold(), NotificationDecision.HeldUntil::reason), Reason::name));

    /** A notification's row is its decision, too. It is counted as it is written. */
    static final String INSERT = """
            with decided as (%s returning tenant, created_at, type, reason)
            %s
            """.formatted(NOTIFICATIONS.insertInto("notification"), PgTallies.COUNT_DECIDED);

    private static final String INSERT_DECIDED =
            "insert into standalone_decision (decided_at, door, %s) select $1, $2, %s from %s";

    private static final String TYPES = """
            select n.id, n.type from %s
            join notification n on n.id = w.id and n.created_at = w.created_at
            """.formatted(PgColumns.IDS.unnest("w"));

    /** With the event and the rule of the first decision. */
    private static final String INSERT_REVIEWED = """
            insert into standalone_decision (id, decided_at, tenant, door, event_id, rule_id, rule_version, customer_id, notification_id,
                                             verdict, reason, detail, gates, judged_at, until, event_position)
            select r.id, $1, n.tenant, n.door, n.event_id, n.rule_id, n.rule_version, n.customer_id, n.id,
                   r.verdict, r.reason, r.detail, r.gates::json, r.judged_at, r.until, n.event_position
            from %s
            join notification n on n.id = r.notification_id and n.created_at = r.created_at
            """;

    private final Json json;
    private final Ids ids;
    private final PgColumns<RuleDecision> decisions;
    private final PgColumns<Review> reviews;
    private final String insertDecided;
    private final String insertReviewed;

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
                .text("reason", decision -> of(decision.reason(), Reason::name))
                .text("detail", RuleDecision::detail)
                .json("gates", decision -> GateResult.stored(decision.gates()))
                .text("notification_id", RuleDecision::notificationId)
                .bigint("as_of", RuleDecision::asOf)
                .time("judged_at", RuleDecision::judgedAt)
                .bigint("event_position", decision -> decision.event().position())
                .after(2);
        this.insertDecided = INSERT_DECIDED.formatted(decisions.names(), decisions.values(), decisions.unnest("t"));
        this.reviews = PgColumns.<Review>of()
                .text("id", review -> ids.next())
                .text("notification_id", Review::notificationId)
                .time("created_at", review -> Ids.timeOf(review.notificationId()))
                .text("verdict", review -> review.verdict().wire())
                .text("reason", review -> of(review.reason(), Reason::name))
                .text("detail", Review::detail)
                .json("gates", review -> GateResult.stored(review.gates()))
                .time("judged_at", Review::judgedAt)
                .time("until", Review::until)
                .after(1);
        this.insertReviewed = INSERT_REVIEWED.formatted(reviews.unnest("r"));
    }

    Uni<Void> record(Tx tx, List<Notification> notifications) {
        return PgRows.of(tx, INSERT, NOTIFICATIONS.of(json, notifications)).done();
    }

    /** Records what rules decided that led to no notification, or not yet. */
    public Uni<Void> recordDecided(Tx tx, List<RuleDecision> decided) {
        return PgRows.of(tx, insertDecided, decisions.of(json, decided, ids.now(), Door.EVENT_SOURCED.wire()))
                .done();
    }

    /** Records the re-evaluation of held notifications. */
    Uni<Void> recordReviewed(Tx tx, List<Review> reviewed) {
        return PgRows.of(tx, insertReviewed, reviews.of(json, reviewed, ids.now()))
                .done();
    }

    /** The types of notifications, by id. */
    Uni<Map<String, String>> types(Tx tx, Collection<String> notifications) {
        return PgRows.of(tx, TYPES, PgColumns.IDS.of(List.copyOf(notifications)))
                .map(row -> row.getString("id"), row -> row.getString("type"));
    }

    private static List<List<String>> stored(List<Skip> skipped) {
        return skipped.stream()
                .map(skip -> List.of(skip.channel(), skip.reason().name(), skip.detail()))
                .toList();
    }

    private static <T, V> @Nullable V of(@Nullable T present, Function<T, @Nullable V> value) {
        return present == null ? null : value.apply(present);
    }
}
