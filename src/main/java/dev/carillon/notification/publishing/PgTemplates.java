package dev.carillon.notification.publishing;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.carillon.notification.template.TypeText;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The SQL that reads templates and their versions. */
@ApplicationScoped
class PgTemplates {

    static final String TOPIC = "templates";

    private static final String REVISION = "select changes from change_feed where topic = 'templates'";

    private static final String LOCK = "select changes from change_feed where topic = 'templates' for update";

    private static final String PUBLISHED = """
            select v.type, v.version, v.files::text as files, v.published_at, v.published_by
            from template_state s join template_version v on v.type = s.type and v.version = s.version
            order by v.type
            """;

    private static final String VERSION = """
            select type, version, files::text as files, published_at, published_by from template_version where type = $1 and version = $2
            """;

    private static final String DRAFTED = "select type from template_state where draft is not null order by type";

    private static final String DRAFT = """
            select type, draft::text as files, drafted_at, drafted_by from template_state where type = $1 and draft is not null
            """;

    private static final String HISTORY = """
            select change, version, changed_at, changed_by from template_change where type = $1 order by seq desc limit $2
            """;

    private static final TypeReference<Map<String, String>> FILES = new TypeReference<>() {};

    private final Pool pool;
    private final Json json;

    PgTemplates(Pool pool, Json json) {
        this.pool = pool;
        this.json = json;
    }

    /** Moves with every publication; one row by its key, so that asking every second costs nothing. */
    Uni<Long> revision() {
        return pool.preparedQuery(REVISION)
                .execute()
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** The published versions. May be newer than a revision read before, never older. */
    Uni<List<Published>> published() {
        return pool.preparedQuery(PUBLISHED).execute().map(rows -> all(rows, this::published));
    }

    Uni<Optional<Published>> version(String type, int number) {
        return pool.preparedQuery(VERSION)
                .execute(Tuple.of(type, number))
                .map(rows -> all(rows, this::published).stream().findFirst());
    }

    /** Without their text: one is read after the other, for each may be large, and what is listed is small. */
    Uni<List<Draft>> drafts() {
        return pool.preparedQuery(DRAFTED)
                .execute()
                .map(rows -> all(rows, row -> row.getString("type")))
                .chain(types -> Multi.createFrom()
                        .iterable(types)
                        .onItem()
                        .transformToUniAndConcatenate(this::draft)
                        .select()
                        .where(Optional::isPresent)
                        .map(found -> found.get().withoutText())
                        .collect()
                        .asList());
    }

    Uni<Optional<Draft>> draft(String type) {
        return pool.preparedQuery(DRAFT)
                .execute(Tuple.of(type))
                .map(rows -> all(rows, this::draft).stream().findFirst());
    }

    /** The same, with all other changes kept out until the transaction ends. */
    Uni<Optional<Draft>> lockedDraft(Tx tx, String type) {
        var connection = PgTx.connection(tx);
        return connection
                .preparedQuery(LOCK)
                .execute()
                .chain(() -> connection.preparedQuery(DRAFT).execute(Tuple.of(type)))
                .map(rows -> all(rows, this::draft).stream().findFirst());
    }

    /** The latest changes first. */
    Uni<List<TemplateChange>> history(String type, int limit) {
        return pool.preparedQuery(HISTORY).execute(Tuple.of(type, limit)).map(rows -> all(rows, PgTemplates::change));
    }

    private static <T> List<T> all(RowSet<Row> rows, Function<Row, T> read) {
        var all = new ArrayList<T>(rows.size());
        rows.forEach(row -> all.add(read.apply(row)));
        return all;
    }

    private Published published(Row row) {
        return new Published(
                text(row), row.getInteger("version"), instant(row, "published_at"), row.getString("published_by"));
    }

    private Draft draft(Row row) {
        return Draft.of(text(row), instant(row, "drafted_at"), row.getString("drafted_by"));
    }

    private static TemplateChange change(Row row) {
        var version = row.getInteger("version");
        return new TemplateChange(
                TemplateChange.What.of(row.getString("change")),
                version == null ? null : Published.name(version),
                instant(row, "changed_at"),
                row.getString("changed_by"));
    }

    private TypeText text(Row row) {
        return new TypeText(row.getString("type"), json.read(row.getString("files"), FILES));
    }

    private static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }
}
