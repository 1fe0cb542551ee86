package dev.carillon.notification.publishing;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.carillon.notification.template.TypeText;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The SQL of drafts. */
@ApplicationScoped
class PgDrafts {

    private static final String TYPES = "select type from template_draft order by type";

    private static final String FIND =
            "select type, files::text as files, drafted_at, drafted_by from template_draft where type = $1";

    private static final String KEEP = """
            insert into template_draft (type, files, drafted_at, drafted_by) values ($1, $2::text::json, $3, $4)
            on conflict (type) do update set files = excluded.files, drafted_at = excluded.drafted_at, drafted_by = excluded.drafted_by
            """;

    private static final String DISCARD = "delete from template_draft where type = $1";

    private static final TypeReference<Map<String, String>> FILES = new TypeReference<>() {};

    private final Pool pool;
    private final Json json;

    PgDrafts(Pool pool, Json json) {
        this.pool = pool;
        this.json = json;
    }

    /** Without their text: one is read after the other, for each may be large, and what is listed is small. */
    Uni<List<Draft>> all() {
        return pool.preparedQuery(TYPES)
                .execute()
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(row -> find(row.getString("type")))
                .select()
                .where(Optional::isPresent)
                .map(found -> found.get().withoutText())
                .collect()
                .asList();
    }

    Uni<Optional<Draft>> find(String type) {
        return pool.preparedQuery(FIND).execute(Tuple.of(type)).map(this::draft);
    }

    Uni<Optional<Draft>> find(Tx tx, String type) {
        return PgTx.connection(tx).preparedQuery(FIND).execute(Tuple.of(type)).map(this::draft);
    }

    Uni<Void> keep(Tx tx, Draft draft) {
        return PgTx.connection(tx)
                .preparedQuery(KEEP)
                .execute(Tuple.of(
                        draft.type(),
                        json.write(draft.text().files()),
                        PgTimes.at(draft.draftedAt()),
                        draft.draftedBy()))
                .replaceWithVoid();
    }

    Uni<Void> discard(Tx tx, String type) {
        return PgTx.connection(tx)
                .preparedQuery(DISCARD)
                .execute(Tuple.of(type))
                .replaceWithVoid();
    }

    private Optional<Draft> draft(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .findFirst()
                .map(row -> Draft.of(
                        new TypeText(row.getString("type"), json.read(row.getString("files"), FILES)),
                        row.getOffsetDateTime("drafted_at").toInstant(),
                        row.getString("drafted_by")));
    }
}
