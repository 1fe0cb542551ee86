package dev.carillon.eventsourced.ruleset;

import dev.carillon.platform.sql.PgArrays;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SQL that writes rules and their versions. */
@ApplicationScoped
class PgRuleChanges {

    private static final String VERSIONS = """
            insert into rule_version (id, version, yaml, origin, file, recorded_at, recorded_by)
            select id, version, yaml, origin, file, $6, $7 from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) as t (id, version, yaml, origin, file)
            on conflict (id, version) do nothing
            """;

    private static final String STATES = """
            insert into rule_state (id, file_version, api_version, switched, since)
            select * from unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::timestamptz[])
            on conflict (id) do update set file_version = excluded.file_version, api_version = excluded.api_version,
              switched = excluded.switched, since = excluded.since
            """;

    private static final String CHANGES = """
            insert into rule_change (id, change, version, origin, changed_at, changed_by)
            select id, change, version, origin, $5, $6 from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as t (id, change, version, origin)
            """;

    /** A version that may be new. */
    record RuleTextRow(
            String id,
            String version,
            String yaml,
            RuleOrigin origin,
            @Nullable String file) {}

    /** A change of a rule, and what is in force after it. */
    record RuleChangeRow(RuleChange.RuleChangeKind kind, StoredRule after) {
        @Nullable
        String origin() {
            return after.inForce() == null
                    ? null
                    : after.apiVersion() != null ? RuleOrigin.API.wire() : RuleOrigin.FILE.wire();
        }
    }

    /** @param by the API key that made the change; null if a file changed */
    Uni<Void> write(Tx tx, List<RuleTextRow> texts, List<RuleChangeRow> changes, Instant now, @Nullable String by) {
        return versions(tx, texts, now, by)
                .chain(() ->
                        states(tx, changes.stream().map(RuleChangeRow::after).toList()))
                .chain(() -> changes(tx, changes, now, by));
    }

    private static Uni<Void> versions(Tx tx, List<RuleTextRow> texts, Instant now, @Nullable String by) {
        return texts.isEmpty()
                ? Uni.createFrom().voidItem()
                : PgTx.connection(tx)
                        .preparedQuery(VERSIONS)
                        .execute(Tuple.from(new Object[] {
                            PgArrays.texts(texts, RuleTextRow::id),
                            PgArrays.texts(texts, RuleTextRow::version),
                            PgArrays.texts(texts, RuleTextRow::yaml),
                            PgArrays.texts(texts, text -> text.origin().wire()),
                            PgArrays.texts(texts, RuleTextRow::file),
                            PgTimes.at(now),
                            by
                        }))
                        .replaceWithVoid();
    }

    private static Uni<Void> states(Tx tx, List<StoredRule> states) {
        return PgTx.connection(tx)
                .preparedQuery(STATES)
                .execute(Tuple.of(
                        PgArrays.texts(states, StoredRule::id),
                        PgArrays.texts(states, StoredRule::fileVersion),
                        PgArrays.texts(states, StoredRule::apiVersion),
                        states.stream().map(StoredRule::switched).toArray(Boolean[]::new),
                        PgArrays.times(states, StoredRule::since)))
                .replaceWithVoid();
    }

    private static Uni<Void> changes(Tx tx, List<RuleChangeRow> changes, Instant now, @Nullable String by) {
        return PgTx.connection(tx)
                .preparedQuery(CHANGES)
                .execute(Tuple.from(new Object[] {
                    PgArrays.texts(changes, change -> change.after().id()),
                    PgArrays.texts(changes, change -> change.kind().wire()),
                    PgArrays.texts(changes, change -> change.after().inForce()),
                    PgArrays.texts(changes, RuleChangeRow::origin),
                    PgTimes.at(now),
                    by
                }))
                .replaceWithVoid();
    }
}
