package dev.carillon.eventsourced.timer;

import static dev.carillon.platform.sql.PgArrays.texts;
import static dev.carillon.platform.sql.PgArrays.times;

import dev.carillon.eventsourced.journal.EventPlace;
import dev.carillon.notification.decision.RuleRef;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
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

    private static final String INSERT = """
            insert into timer (id, tenant, address, kind, rule_id, rule_version, customer_id, key, event_position, event_recorded_at, armed_at, due_at)
            select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[],
                                 $10::timestamptz[], $11::timestamptz[], $12::timestamptz[])
            """;

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
        return PgTx.connection(tx)
                .preparedQuery(DUE)
                .execute(Tuple.of(address, PgTimes.at(by), limit))
                .map(PgTimers::timers);
    }

    Uni<Void> insert(Tx tx, List<Timer> timers) {
        return PgTx.connection(tx)
                .preparedQuery(INSERT)
                .execute(columns(timers))
                .replaceWithVoid();
    }

    Uni<Void> delete(Tx tx, List<String> ids) {
        return PgTx.connection(tx)
                .preparedQuery(DELETE)
                .execute(Tuple.of(ids.toArray(String[]::new)))
                .replaceWithVoid();
    }

    Uni<Void> putAside(Tx tx, String id, String error, Instant dueAt) {
        return PgTx.connection(tx)
                .preparedQuery(PUT_ASIDE)
                .execute(Tuple.of(id, error, PgTimes.at(dueAt)))
                .replaceWithVoid();
    }

    /** The ids of the timers that events up to a position have armed for a customer, in order. */
    Uni<List<String>> armedFor(Tx tx, String tenant, String customerId, long position, String after, int limit) {
        return PgTx.connection(tx)
                .preparedQuery(ARMED_FOR)
                .execute(Tuple.of(tenant, customerId, position, after, limit))
                .map(rows -> {
                    var ids = new ArrayList<String>();
                    rows.forEach(row -> ids.add(row.getString("id")));
                    return ids;
                });
    }

    Uni<List<Timer>> waiting(Tx tx, String tenant, @Nullable String customerId, String after, int limit) {
        var page = Tuple.of(tenant, after, limit);
        return customerId == null
                ? PgTx.connection(tx).preparedQuery(WAITING).execute(page).map(PgTimers::timers)
                : PgTx.connection(tx)
                        .preparedQuery(WAITING_OF_CUSTOMER)
                        .execute(page.addString(customerId))
                        .map(PgTimers::timers);
    }

    static Tuple columns(List<Timer> timers) {
        return Tuple.tuple()
                .addArrayOfString(texts(timers, Timer::id))
                .addArrayOfString(texts(timers, Timer::tenant))
                .addArrayOfString(texts(timers, Timer::address))
                .addArrayOfString(texts(timers, t -> t.kind().wire()))
                .addArrayOfString(texts(timers, t -> t.rule().id()))
                .addArrayOfString(texts(timers, t -> t.rule().version()))
                .addArrayOfString(texts(timers, Timer::customerId))
                .addArrayOfString(texts(timers, Timer::key))
                .addArrayOfLong(timers.stream().map(t -> t.armedBy().position()).toArray(Long[]::new))
                .addArrayOfOffsetDateTime(times(timers, t -> t.armedBy().recordedAt()))
                .addArrayOfOffsetDateTime(times(timers, t -> t.armedAt()))
                .addArrayOfOffsetDateTime(times(timers, t -> t.dueAt()));
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
                new EventPlace(
                        row.getLong("event_position"),
                        row.getOffsetDateTime("event_recorded_at").toInstant()),
                row.getOffsetDateTime("armed_at").toInstant(),
                row.getOffsetDateTime("due_at").toInstant(),
                row.getShort("attempts"));
    }

    private static List<Timer> timers(RowSet<Row> rows) {
        var timers = new ArrayList<Timer>(rows.size());
        rows.forEach(row -> timers.add(timer(row)));
        return timers;
    }
}
