package dev.carillon.eventsourced.timer;

import dev.carillon.eventsourced.journal.EventPlace;
import dev.carillon.notification.decision.RuleRef;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The SQL of timers. A claim reads only the due end of its address's index, however many timers are set for later. */
@ApplicationScoped
class PgTimers {

    static final String COLUMNS = """
            t.id, t.tenant, t.address, t.kind, t.rule_id, t.rule_version, t.customer_id, t.key, t.event_position, t.event_recorded_at,
            t.armed_at, t.due_at, t.attempts
            """;

    static final String DUE = "select " + COLUMNS + """
            from timer t where t.address = $1 and t.due_at <= $2 and (t.error is null or t.attempts < 5)
            order by t.due_at, t.id limit $3 for update skip locked
            """;

    static final PgColumns<Timer> TIMERS = PgColumns.<Timer>of()
            .text("id", Timer::id)
            .text("tenant", Timer::tenant)
            .text("address", Timer::address)
            .text("kind", timer -> timer.kind().wire())
            .text("rule_id", timer -> timer.rule().id())
            .text("rule_version", timer -> timer.rule().version())
            .text("customer_id", Timer::customerId)
            .text("key", Timer::key)
            .bigint("event_position", timer -> timer.armedBy().position())
            .time("event_recorded_at", timer -> timer.armedBy().recordedAt())
            .time("armed_at", Timer::armedAt)
            .time("due_at", Timer::dueAt);

    private static final String INSERT = TIMERS.insertInto("timer");

    private static final String DELETE = """
            with gone as (delete from timer where id = any($1) returning id, kind)
            delete from digest_item i using gone g where g.kind = 'digest' and i.digest_id = g.id
            """;

    private static final String PUT_ASIDE =
            "update timer set attempts = attempts + 1, due_at = $3, error = $2 where id = $1";

    private static final String WAITING = "select " + COLUMNS + """
            from timer t where t.tenant = $1 and t.id > $2 order by t.id limit $3
            """;

    private static final String WAITING_OF_CUSTOMER = "select " + COLUMNS + """
            from timer t where t.tenant = $1 and t.customer_id = $4 and t.id > $2 order by t.id limit $3
            """;

    /** Waits for whoever is firing one now. */
    private static final String ARMED_FOR = """
            select id from timer where tenant = $1 and customer_id = $2 and event_position <= $3 and id > $4 order by id limit $5 for update
            """;

    Uni<List<Timer>> due(Tx tx, String address, Instant by, int limit) {
        return PgRows.of(tx, DUE, address, by, limit).list(PgTimers::timer);
    }

    Uni<Void> insert(Tx tx, List<Timer> timers) {
        return PgRows.of(tx, INSERT, TIMERS.of(timers)).done();
    }

    Uni<Void> delete(Tx tx, List<String> ids) {
        return PgRows.of(tx, DELETE, (Object) ids.toArray(String[]::new)).done();
    }

    Uni<Void> putAside(Tx tx, String id, String error, Instant dueAt) {
        return PgRows.of(tx, PUT_ASIDE, id, error, dueAt).done();
    }

    /** The ids of the timers that events up to a position have armed for a customer, in order. */
    Uni<List<String>> armedFor(Tx tx, String tenant, String customerId, long position, String after, int limit) {
        return PgRows.of(tx, ARMED_FOR, tenant, customerId, position, after, limit)
                .list(row -> row.getString("id"));
    }

    Uni<List<Timer>> waiting(Tx tx, String tenant, @Nullable String customerId, String after, int limit) {
        return (customerId == null
                        ? PgRows.of(tx, WAITING, tenant, after, limit)
                        : PgRows.of(tx, WAITING_OF_CUSTOMER, tenant, after, limit, customerId))
                .list(PgTimers::timer);
    }

    static Timer timer(Row row) {
        return new Timer(
                row.getString("id"),
                row.getString("tenant"),
                row.getString("address"),
                Timer.TimerKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                new RuleRef(row.getString("rule_id"), row.getString("rule_version")),
                row.getString("customer_id"),
                row.getString("key"),
                new EventPlace(row.getLong("event_position"), PgTimes.instant(row, "event_recorded_at")),
                PgTimes.instant(row, "armed_at"),
                PgTimes.instant(row, "due_at"),
                row.getShort("attempts"));
    }
}
