package dev.carillon.eventsourced.backtest;

import dev.carillon.eventsourced.event.EventTypes;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.notification.BacktestReceipt.Words;
import dev.carillon.notification.decision.EventRef;
import dev.carillon.notification.decision.Reason;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The SQL that reads past decisions and texts. */
@ApplicationScoped
class PgPastDecisions {

    private static final PgColumns<RecordedEvent> EVENTS = PgColumns.<RecordedEvent>of()
            .text("event_id", one -> one.event().id())
            .bigint("position", RecordedEvent::position)
            .after(1);

    /** @param asOf the position as of which recipients were read */
    record PastDecision(BacktestDecision decision, long asOf) {}

    /**
     * A notification's decision has its own id. Re-evaluations of held notifications are left out, because the rules
     * did not make them. A notification held by quiet hours counts as sent, later. Customers who were erased since are
     * left out: a backtest could not notify them.
     */
    private static final String DECIDED = """
            with decided as (
              select d.*, w.position, d.verdict = 'notify' or (d.verdict = 'defer' and d.notification_id is not null) as sent
              from %2$s
              join decision d on d.tenant = $1 and d.event_id = w.event_id and (d.event_position is null or d.event_position = w.position)
              where d.rule_id is not null and (d.notification_id is null or d.notification_id = d.id or d.verdict = 'digest')
                and not exists (select 1 from erasure x where x.tenant = d.tenant and x.customer_id = d.customer_id and x.asked_at >= d.decided_at)
            )
            select d.id, d.event_id, d.position, d.rule_id, d.customer_id, d.sent, d.reason, d.judged_at, d.as_of, d.until,
              y.channel, left(y.subject, %1$d) as subject, left(y.body, %1$d) as body, length(coalesce(y.subject, '')) + length(y.body) as length,
              case when length(y.body) > %1$d or length(y.subject) > %1$d
                then encode(sha256(convert_to(coalesce(y.subject, '') || E'\\n' || y.body, 'UTF8')), 'hex') end as digest
            from decided d left join lateral deliveries_of(d.notification_id, d.decided_at) y on d.sent and y.body is not null
            order by d.id
            """.formatted(Words.SHOWN, EVENTS.unnest("w"));

    private static final String UNANSWERED = "select position from event_pending where position = any($1)";

    private static final String FIRST_DUE = """
            select min(first.due_at) as due_at from unnest($1::text[]) as a(address) cross join lateral (
              select due_at from timer where address = a.address and (error is null or attempts < 5) order by due_at, id limit 1) first
            """;

    Uni<List<PastDecision>> decided(Tx tx, String tenant, List<RecordedEvent> events) {
        return PgRows.of(tx, DECIDED, EVENTS.of(events, tenant)).rows().map(rows -> {
            var byId = new LinkedHashMap<String, List<Row>>();
            rows.forEach(
                    row -> byId.computeIfAbsent(row.getString("id") + row.getLong("position"), id -> new ArrayList<>())
                            .add(row));
            return byId.values().stream().map(PgPastDecisions::decided).toList();
        });
    }

    /** Which of the events have no answer yet. */
    Uni<Set<Long>> unanswered(Tx tx, List<RecordedEvent> events) {
        var positions = events.stream().map(RecordedEvent::position).toArray(Long[]::new);
        return PgRows.of(tx, UNANSWERED, (Object) positions)
                .list(row -> row.getLong("position"))
                .map(HashSet::new);
    }

    /** When the first of all that waits is due. */
    Uni<Optional<Instant>> firstDue(Tx tx) {
        return PgRows.of(tx, FIRST_DUE, (Object) EventTypes.addresses().toArray(String[]::new))
                .one(row -> Optional.ofNullable(PgTimes.instantOrNull(row, "due_at")));
    }

    /** Long texts are cut while reading: one portion of events may have led to any amount of text. */
    private static Words words(Row row) {
        var digest = row.getString("digest");
        return digest == null
                ? Words.of(row.getString("subject"), row.getString("body"))
                : Words.beginning(row.getString("subject"), row.getString("body"), row.getInteger("length"), digest);
    }

    private static PastDecision decided(List<Row> rows) {
        var first = rows.get(0);
        var words = new LinkedHashMap<String, Words>();
        rows.stream()
                .filter(row -> row.getString("channel") != null)
                .forEach(row -> words.put(row.getString("channel"), words(row)));
        var sent = first.getBoolean("sent");
        var reason = sent ? null : first.getString("reason");
        return new PastDecision(
                new BacktestDecision(
                        new EventRef(first.getString("event_id"), first.getLong("position")),
                        first.getString("rule_id"),
                        first.getString("customer_id"),
                        sent,
                        reason == null ? null : Reason.valueOf(reason),
                        PgTimes.instant(first, "judged_at"),
                        PgTimes.instantOrNull(first, "until"),
                        words),
                first.getLong("as_of"));
    }
}
