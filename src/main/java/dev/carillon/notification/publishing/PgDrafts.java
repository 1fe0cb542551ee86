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
        return PgRows.of(pool, TYPES)
                .list(row -> row.getString("type"))
                .onItem()
                .transformToMulti(types -> Multi.createFrom().iterable(types))
                .onItem()
                .transformToUniAndConcatenate(this::find)
                .select()
                .where(Optional::isPresent)
                .map(found -> found.get().withoutText())
                .collect()
                .asList();
    }

    Uni<Optional<Draft>> find(String type) {
        return PgRows.of(pool, FIND, type).first(this::draft);
    }

    Uni<Optional<Draft>> find(Tx tx, String type) {
        return PgRows.of(tx, FIND, type).first(this::draft);
    }

    Uni<Void> keep(Tx tx, Draft draft) {
        var files = json.write(draft.text().files());
        return PgRows.of(tx, KEEP, draft.type(), files, draft.draftedAt(), draft.draftedBy())
                .done();
    }

    Uni<Void> discard(Tx tx, String type) {
        return PgRows.of(tx, DISCARD, type).done();
    }

    private Draft draft(Row row) {
        return Draft.of(
                new TypeText(row.getString("type"), json.read(row.getString("files"), FILES)),
                row.getOffsetDateTime("drafted_at").toInstant(),
                row.getString("drafted_by"));
    }
}
