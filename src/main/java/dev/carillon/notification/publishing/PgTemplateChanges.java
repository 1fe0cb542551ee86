package dev.carillon.notification.publishing;

import dev.carillon.notification.template.TypeText;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/**
 * The SQL that writes templates and their versions. Publishing takes the lock of {@link PgTemplates#lockedDraft} first.
 */
@ApplicationScoped
class PgTemplateChanges {

    private static final String KEEP_DRAFT = """
            insert into template_state (type, draft, drafted_at, drafted_by) values ($1, $2::text::json, $3, $4)
            on conflict (type) do update set draft = excluded.draft, drafted_at = excluded.drafted_at, drafted_by = excluded.drafted_by
            """;

    private static final String DISCARD_DRAFT = """
            update template_state set draft = null, drafted_at = null, drafted_by = null where type = $1 and draft is not null
            """;

    private static final String PUBLISH = """
            with added as (
              insert into template_version (type, version, files, published_at, published_by)
              select $1::text, coalesce(max(version), 0) + 1, $2::text::json, $3::timestamptz, $4::text from template_version where type = $1::text
              returning version
            ), state as (
              update template_state set version = added.version, draft = null, drafted_at = null, drafted_by = null from added where type = $1::text
            ), change as (
              insert into template_change (type, change, version, changed_at, changed_by)
              select $1::text, 'published', version, $3::timestamptz, $4::text from added
            )
            update change_feed set changes = changes + 1 where topic = 'templates'
            """;

    private static final String BACK = """
            with state as (
              update template_state set version = $2::integer where type = $1::text and version is distinct from $2::integer returning type
            ), change as (
              insert into template_change (type, change, version, changed_at, changed_by)
              select type, case when $2::integer is null then 'deleted' else 'rolled-back' end, $2::integer, $3::timestamptz, $4::text from state
            )
            update change_feed set changes = changes + 1 where topic = 'templates' and exists (select 1 from state)
            """;

    private final Json json;

    PgTemplateChanges(Json json) {
        this.json = json;
    }

    Uni<Void> keepDraft(Tx tx, Draft draft) {
        return PgTx.connection(tx)
                .preparedQuery(KEEP_DRAFT)
                .execute(Tuple.of(draft.type(), files(draft.text()), PgTimes.at(draft.draftedAt()), draft.draftedBy()))
                .replaceWithVoid();
    }

    /** @return whether there was one */
    Uni<Boolean> discardDraft(Tx tx, String type) {
        return PgTx.connection(tx)
                .preparedQuery(DISCARD_DRAFT)
                .execute(Tuple.of(type))
                .map(done -> done.rowCount() > 0);
    }

    /** The text is a new version, and published; there is no draft any more. */
    Uni<Void> publish(Tx tx, TypeText text, Instant now, String by) {
        return PgTx.connection(tx)
                .preparedQuery(PUBLISH)
                .execute(Tuple.of(text.type(), files(text), PgTimes.at(now), by))
                .replaceWithVoid();
    }

    /** An old version is published again. */
    Uni<Void> rollBack(Tx tx, String type, int number, Instant now, String by) {
        return PgTx.connection(tx)
                .preparedQuery(BACK)
                .execute(Tuple.of(type, number, PgTimes.at(now), by))
                .replaceWithVoid();
    }

    /** Withdraws the published version. */
    Uni<Void> delete(Tx tx, String type, Instant now, String by) {
        return PgTx.connection(tx)
                .preparedQuery(BACK)
                .execute(Tuple.of(type, null, PgTimes.at(now), by))
                .replaceWithVoid();
    }

    private String files(TypeText text) {
        return json.write(text.files());
    }
}
