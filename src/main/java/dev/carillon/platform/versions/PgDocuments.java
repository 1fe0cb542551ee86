package dev.carillon.platform.versions;

import static dev.carillon.platform.sql.PgArrays.texts;
import static dev.carillon.platform.sql.PgArrays.times;

import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import dev.carillon.platform.versions.DocumentTransaction.StateChange;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The SQL of versioned documents. */
@ApplicationScoped
class PgDocuments {

    private static final String CHANGES = "select changes from change_feed where topic = $1";

    private static final String LOCK = CHANGES + " for update";

    private static final String VERSION_COLUMNS = "v.id, v.version, v.content, v.file, v.recorded_at, v.recorded_by";

    private static final String STORED = """
            select s.id as document, s.file_version, s.api_version, s.switched, s.since,\s""" + VERSION_COLUMNS + """
             from document_state s left join document_version v on v.topic = s.topic and v.id = s.id and v.version = s.api_version
            where s.topic = $1 order by s.id
            """;

    private static final String VERSION =
            "select " + VERSION_COLUMNS + " from document_version v where v.topic = $1 and v.id = $2 and v.version = $3";

    private static final String COUNT = "select count(*) from document_version where topic = $1 and id = $2";

    private static final String HISTORY = """
            select c.change, c.version, c.origin, case when c.origin = 'file' then v.file end as file, c.changed_at, c.changed_by
            from document_change c left join document_version v on v.topic = c.topic and v.id = c.id and v.version = c.version
            where c.topic = $1 and c.id = $2 order by c.seq desc limit $3
            """;

    private static final String ADD = """
            insert into document_version (topic, id, version, content, file, recorded_at, recorded_by)
            select $1, id, version, content, file, $6, $7 from unnest($2::text[], $3::text[], $4::text[], $5::text[]) as t (id, version, content, file)
            on conflict (topic, id, version) do nothing
            """;

    private static final String CHANGE = """
            with change as (
              select * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::timestamptz[])
                as t (id, change, file_version, api_version, switched, since)
            ), state as (
              insert into document_state (topic, id, file_version, api_version, switched, since)
              select $1, id, file_version, api_version, switched, since from change
              on conflict (topic, id) do update set file_version = excluded.file_version, api_version = excluded.api_version,
                switched = excluded.switched, since = excluded.since
            ), history as (
              insert into document_change (topic, id, change, version, origin, changed_at, changed_by)
              select $1, id, change, coalesce(api_version, file_version),
                case when api_version is not null then 'api' when file_version is not null then 'file' end, $8, $9 from change
            )
            update change_feed set changes = changes + 1 where topic = $1
            """;

    private final Pool pool;

    /** @param put the version that the API has in force, if it has one */
    record StoredDocument(DocumentState state, @Nullable DocumentVersion put) {}

    PgDocuments(Pool pool) {
        this.pool = pool;
    }

    /** How often documents of the topic have changed. */
    Uni<Long> changes(String topic) {
        return pool.preparedQuery(CHANGES)
                .execute(Tuple.of(topic))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** Keeps all other changes of the topic out until the transaction ends. */
    Uni<List<StoredDocument>> locked(Tx tx, String topic) {
        var connection = PgTx.connection(tx);
        return connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(topic))
                .chain(() -> connection.preparedQuery(STORED).execute(Tuple.of(topic)))
                .map(rows -> all(rows, PgDocuments::stored));
    }

    Uni<List<StoredDocument>> all(String topic) {
        return pool.preparedQuery(STORED).execute(Tuple.of(topic)).map(rows -> all(rows, PgDocuments::stored));
    }

    Uni<Optional<DocumentVersion>> version(String topic, String id, String version) {
        return pool.preparedQuery(VERSION)
                .execute(Tuple.of(topic, id, version))
                .map(rows -> all(rows, PgDocuments::version).stream().findFirst());
    }

    Uni<Long> count(Tx tx, String topic, String id) {
        return PgTx.connection(tx)
                .preparedQuery(COUNT)
                .execute(Tuple.of(topic, id))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    Uni<List<DocumentChange>> history(String topic, String id, int limit) {
        return pool.preparedQuery(HISTORY)
                .execute(Tuple.of(topic, id, limit))
                .map(rows -> all(rows, PgDocuments::change));
    }

    /** Versions that are there already stay as they are. */
    Uni<Void> add(Tx tx, String topic, List<DocumentVersion> versions, Instant now, @Nullable String by) {
        return PgTx.connection(tx)
                .preparedQuery(ADD)
                .execute(Tuple.tuple()
                        .addString(topic)
                        .addArrayOfString(texts(versions, DocumentVersion::id))
                        .addArrayOfString(texts(versions, DocumentVersion::version))
                        .addArrayOfString(texts(versions, DocumentVersion::content))
                        .addArrayOfString(texts(versions, DocumentVersion::file))
                        .addOffsetDateTime(PgTimes.at(now))
                        .addString(by))
                .replaceWithVoid();
    }

    /** The states are these now, and the history says why. */
    Uni<Void> change(Tx tx, String topic, List<StateChange> changes, Instant now, @Nullable String by) {
        return PgTx.connection(tx)
                .preparedQuery(CHANGE)
                .execute(Tuple.tuple()
                        .addString(topic)
                        .addArrayOfString(texts(changes, change -> change.after().id()))
                        .addArrayOfString(texts(changes, StateChange::kind))
                        .addArrayOfString(texts(changes, change -> change.after().fileVersion()))
                        .addArrayOfString(texts(changes, change -> change.after().apiVersion()))
                        .addArrayOfBoolean(changes.stream()
                                .map(change -> change.after().switched())
                                .toArray(Boolean[]::new))
                        .addArrayOfOffsetDateTime(times(changes, change -> change.after().since()))
                        .addOffsetDateTime(PgTimes.at(now))
                        .addString(by))
                .replaceWithVoid();
    }

    private static <T> List<T> all(RowSet<Row> rows, Function<Row, T> read) {
        var all = new ArrayList<T>(rows.size());
        rows.forEach(row -> all.add(read.apply(row)));
        return all;
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
