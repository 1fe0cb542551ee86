package dev.carillon.notification.publishing;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.carillon.notification.template.TypeText;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The SQL of drafts, of types and of layouts; the topic is that of their versions. */
@ApplicationScoped
class PgDrafts {

    private static final String IDS = "select id from document_draft where topic = $1 order by id";

    private static final String FIND =
            "select id, files::text as files, drafted_at, drafted_by from document_draft where topic = $1 and id = $2";

    private static final String KEEP = """
            insert into document_draft (topic, id, files, drafted_at, drafted_by) values ($1, $2, $3::text::json, $4, $5)
            on conflict (topic, id) do update set files = excluded.files, drafted_at = excluded.drafted_at, drafted_by = excluded.drafted_by
            """;

    private static final String DISCARD = "delete from document_draft where topic = $1 and id = $2";

    private static final TypeReference<Map<String, String>> FILES = new TypeReference<>() {};

    private final Pool pool;
    private final Json json;

    PgDrafts(Pool pool, Json json) {
        this.pool = pool;
        this.json = json;
    }

    /** Without their text: one is read after the other, for each may be large, and what is listed is small. */
    Uni<List<Draft>> all(String topic) {
        return PgRows.of(pool, IDS, topic)
                .list(row -> row.getString("id"))
                .onItem()
                .transformToMulti(types -> Multi.createFrom().iterable(types))
                .onItem()
                .transformToUniAndConcatenate(id -> find(topic, id))
                .select()
                .where(Optional::isPresent)
                .map(found -> found.get().withoutText())
                .collect()
                .asList();
    }

    Uni<Optional<Draft>> find(String topic, String id) {
        return PgRows.of(pool, FIND, topic, id).first(this::draft);
    }

    Uni<Optional<Draft>> find(Tx tx, String topic, String id) {
        return PgRows.of(tx, FIND, topic, id).first(this::draft);
    }

    Uni<Void> keep(Tx tx, String topic, Draft draft) {
        var files = json.write(draft.text().files());
        return PgRows.of(tx, KEEP, topic, draft.type(), files, draft.draftedAt(), draft.draftedBy())
                .done();
    }

    Uni<Void> discard(Tx tx, String topic, String id) {
        return PgRows.of(tx, DISCARD, topic, id).done();
    }

    private Draft draft(Row row) {
        return Draft.of(
                new TypeText(row.getString("id"), json.read(row.getString("files"), FILES)),
                row.getOffsetDateTime("drafted_at").toInstant(),
                row.getString("drafted_by"));
    }
}
