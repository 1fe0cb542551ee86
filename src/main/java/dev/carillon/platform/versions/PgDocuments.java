package dev.carillon.platform.versions;

import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import dev.carillon.platform.versions.DocumentTransaction.StateChange;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The SQL of versioned documents. */
@ApplicationScoped
class PgDocuments {

    private static final String CHANGES = "select changes from change_feed where topic = $1";

    /** In one order, so that no two callers wait for each other. */
    private static final String LOCK =
            "select topic, changes from change_feed where topic = any($1) order by topic for update";

    private static final String STORED = """
            select s.id as document, s.file_version, s.api_version, s.switched, s.since, v.*
            from document_state s left join document_version v on v.topic = s.topic and v.id = s.id and v.version = s.api_version
            where s.topic = $1 order by s.id
            """;

    private static final String VERSION =
            "select * from document_version where topic = $1 and id = $2 and version = $3";

    private static final String COUNT = "select count(*) from document_version where topic = $1 and id = $2";

    private static final String HISTORY = """
            select c.change, c.version, c.origin, case when c.origin = 'file' then v.file end as file, c.changed_at, c.changed_by
            from document_change c left join document_version v on v.topic = c.topic and v.id = c.id and v.version = c.version
            where c.topic = $1 and c.id = $2 order by c.seq desc limit $3
            """;

    private static final PgColumns<DocumentVersion> VERSIONS = PgColumns.<DocumentVersion>of()
            .text("id", DocumentVersion::id)
            .text("version", DocumentVersion::version)
            .text("content", DocumentVersion::content)
            .text("file", DocumentVersion::file)
            .time("recorded_at", DocumentVersion::at)
            .text("recorded_by", DocumentVersion::by)
            .after(1);

    private static final String ADD = "insert into document_version (topic, " + VERSIONS.names()
            + ") select $1, t.* from " + VERSIONS.unnest("t") + " on conflict (topic, id, version) do nothing";

    private static final PgColumns<StateChange> STATES = PgColumns.<StateChange>of()
            .text("change", StateChange::kind)
            .text("id", change -> change.after().id())
            .text("file_version", change -> change.after().fileVersion())
            .text("api_version", change -> change.after().apiVersion())
            .bool("switched", change -> change.after().switched())
            .time("since", change -> change.after().since())
            .after(3);

    private static final String CHANGE = "with change as (select * from " + STATES.unnest("t") + """
            ), state as (
              insert into document_state (topic, id, file_version, api_version, switched, since)
              select $1, id, file_version, api_version, switched, since from change
              on conflict (topic, id) do update set file_version = excluded.file_version, api_version = excluded.api_version,
                switched = excluded.switched, since = excluded.since
            ), history as (
              insert into document_change (topic, id, change, version, origin, changed_at, changed_by)
              select $1, id, change, coalesce(api_version, file_version),
                case when api_version is not null then 'api' when file_version is not null then 'file' end, $2, $3 from change
            )
            update change_feed set changes = changes + 1 where topic = $1
            """;

    private final Pool pool;

    PgDocuments(Pool pool) {
        this.pool = pool;
    }

    /** @param put the version that the API has in force, if it has one */
    record StoredDocument(DocumentState state, @Nullable DocumentVersion put) {}

    /** How often documents of the topic have changed. */
    Uni<Long> changes(String topic) {
        return PgRows.of(pool, CHANGES, topic).one(row -> row.getLong(0));
    }

    Uni<List<StoredDocument>> all(String topic) {
        return PgRows.of(pool, STORED, topic).list(PgDocuments::stored);
    }

    Uni<List<StoredDocument>> all(Tx tx, String topic) {
        return PgRows.of(tx, STORED, topic).list(PgDocuments::stored);
    }

    /** Keeps all other changes of these topics out until the transaction ends. Answers how often each has changed. */
    Uni<Map<String, Long>> lock(Tx tx, Collection<String> topics) {
        return PgRows.of(tx, LOCK, (Object) topics.toArray(String[]::new))
                .map(row -> row.getString("topic"), row -> row.getLong("changes"));
    }

    Uni<Optional<DocumentVersion>> version(String topic, String id, String version) {
        return PgRows.of(pool, VERSION, topic, id, version).first(PgDocuments::version);
    }

    Uni<Long> count(Tx tx, String topic, String id) {
        return PgRows.of(tx, COUNT, topic, id).one(row -> row.getLong(0));
    }

    Uni<List<DocumentChange>> history(String topic, String id, int limit) {
        return PgRows.of(pool, HISTORY, topic, id, limit).list(PgDocuments::change);
    }

    /** Versions that are there already stay as they are. */
    Uni<Void> add(Tx tx, String topic, List<DocumentVersion> versions) {
        return PgRows.of(tx, ADD, VERSIONS.of(versions, topic)).done();
    }

    /** The states are these now, and the history says why. */
    Uni<Void> change(Tx tx, String topic, List<StateChange> changes, Instant now, @Nullable String by) {
        return PgRows.of(tx, CHANGE, STATES.of(changes, topic, now, by)).done();
    }

    private static StoredDocument stored(Row row) {
        var state = new DocumentState(
                row.getString("document"),
                row.getString("file_version"),
                row.getString("api_version"),
                row.getBoolean("switched"),
                row.getOffsetDateTime("since").toInstant());
        return new StoredDocument(state, state.apiVersion() == null ? null : version(row));
    }

    private static DocumentVersion version(Row row) {
        return new DocumentVersion(
                row.getString("id"),
                row.getString("version"),
                row.getString("content"),
                row.getString("file"),
                row.getOffsetDateTime("recorded_at").toInstant(),
                row.getString("recorded_by"));
    }

    private static DocumentChange change(Row row) {
        return new DocumentChange(
                row.getString("change"),
                row.getString("version"),
                row.getString("origin"),
                row.getString("file"),
                row.getOffsetDateTime("changed_at").toInstant(),
                row.getString("changed_by"));
    }
}
