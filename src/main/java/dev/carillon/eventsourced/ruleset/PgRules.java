package dev.carillon.eventsourced.ruleset;

import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The SQL that reads rules and their versions. */
@ApplicationScoped
class PgRules {

    static final String TOPIC = "rules";

    private static final String REVISION = "select changes from change_feed where topic = 'rules'";

    private static final String LOCK = "select changes from change_feed where topic = 'rules' for update";

    private static final String BUMP = "update change_feed set changes = changes + 1 where topic = 'rules'";

    private static final String STATES = """
            select s.id, s.file_version, s.api_version, s.switched, s.since, v.yaml
            from rule_state s left join rule_version v on v.id = s.id and v.version = s.api_version
            order by s.id
            """;

    private static final String TEXT =
            "select id, version, yaml, origin, file, recorded_at from rule_version where id = $1 and version = $2";

    private static final String HISTORY = """
            select c.change, c.version, c.origin, c.changed_at, c.changed_by, v.file
            from rule_change c left join rule_version v on v.id = c.id and v.version = c.version
            where c.id = $1 order by c.seq desc limit $2
            """;

    private final Pool pool;

    PgRules(Pool pool) {
        this.pool = pool;
    }

    /** Moves with every change; one row by its key, so that asking every second costs nothing. */
    Uni<Long> revision() {
        return pool.preparedQuery(REVISION)
                .execute()
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** The rules in force according to the database. May be newer than a revision read before, never older. */
    Uni<List<StoredRule>> states() {
        return pool.preparedQuery(STATES).execute().map(PgRules::states);
    }

    /** The same, with all other changes kept out until the transaction ends. */
    Uni<List<StoredRule>> lockedStates(Tx tx) {
        var connection = PgTx.connection(tx);
        return connection
                .preparedQuery(LOCK)
                .execute()
                .chain(() -> connection.preparedQuery(STATES).execute())
                .map(PgRules::states);
    }

    Uni<Void> bump(Tx tx) {
        return PgTx.connection(tx).preparedQuery(BUMP).execute().replaceWithVoid();
    }

    Uni<Optional<RuleVersion>> text(String id, String version) {
        return pool.preparedQuery(TEXT).execute(Tuple.of(id, version)).map(rows -> {
            var found = rows.iterator();
            return found.hasNext() ? Optional.of(version(found.next())) : Optional.empty();
        });
    }

    /** The latest changes first. */
    Uni<List<RuleChange>> history(String id, int limit) {
        return pool.preparedQuery(HISTORY).execute(Tuple.of(id, limit)).map(rows -> {
            var changes = new ArrayList<RuleChange>();
            rows.forEach(row -> changes.add(change(row)));
            return changes;
        });
    }

    private static List<StoredRule> states(Iterable<Row> rows) {
        var states = new ArrayList<StoredRule>();
        rows.forEach(row -> states.add(new StoredRule(
                row.getString("id"),
                row.getString("file_version"),
                row.getString("api_version"),
                row.getString("yaml"),
                row.getBoolean("switched"),
                instant(row, "since"))));
        return states;
    }

    private static RuleVersion version(Row row) {
        return new RuleVersion(
                row.getString("id"),
                row.getString("version"),
                row.getString("yaml"),
                RuleOrigin.of(row.getString("origin")),
                row.getString("file"),
                instant(row, "recorded_at"));
    }

    private static RuleChange change(Row row) {
        var origin = row.getString("origin");
        return new RuleChange(
                RuleChange.RuleChangeKind.of(row.getString("change")),
                row.getString("version"),
                origin == null ? null : RuleOrigin.of(origin),
                RuleOrigin.FILE.wire().equals(origin) ? row.getString("file") : null,
                instant(row, "changed_at"),
                row.getString("changed_by"));
    }

    private static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }
}
