package dev.carillon.platform.security;

import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/** The SQL of sessions. A session whose key was revoked is none. */
@ApplicationScoped
class PgSessions {

    private static final String INSERT = """
            insert into session (hash, tenant, key_id, created_at, expires_at, idle_until) values ($1, $2, $3, $4, $5, $6)
            """;

    static final String FIND = """
            with found as (
              select s.hash, s.expires_at, s.idle_until, least($3, s.expires_at) as used_until, k.id, k.tenant, k.roles, k.label
              from session s join api_key k on k.id = s.key_id and k.revoked_at is null
              where s.hash = $1 and s.idle_until > $2
            ), used as (
              update session s set idle_until = found.used_until from found where s.hash = found.hash and found.idle_until < $4
            )
            select id, tenant, roles, label, expires_at, case when idle_until < $4 then used_until else idle_until end as idle_until from found
            """;

    static final String IN_FORCE = """
            select encode(s.hash, 'hex') as hash from session s join api_key k on k.id = s.key_id and k.revoked_at is null
            where s.hash in (select decode(asked, 'hex') from unnest($1::text[]) as asked) and s.idle_until > $2
            """;

    private static final String END = "delete from session where hash = $1";

    static final String FORGET = """
            delete from session where hash in (
              select hash from session where idle_until <= $1 order by idle_until limit $2 for update skip locked)
            """;

    Uni<Void> insert(Tx tx, Session session, Instant now) {
        return PgRows.of(
                        tx,
                        INSERT,
                        bytes(session.hash()),
                        session.key().tenant(),
                        session.key().id(),
                        now,
                        session.expiresAt(),
                        session.idleUntil())
                .done();
    }

    /**
     * The session with this hash.
     *
     * @param idleUntil when it ends unless it is used again, if this is a use; written where it would end before {@code soon}
     */
    Uni<Optional<Session>> find(Tx tx, String hash, Instant now, Instant idleUntil, Instant soon) {
        return PgRows.of(tx, FIND, bytes(hash), now, idleUntil, soon)
                .first(row -> new Session(
                        hash,
                        new ApiKey(
                                row.getString("id"),
                                row.getString("tenant"),
                                Set.of(row.getArrayOfStrings("roles")),
                                row.getString("label")),
                        row.getOffsetDateTime("expires_at").toInstant(),
                        row.getOffsetDateTime("idle_until").toInstant()));
    }

    Uni<Set<String>> inForce(Tx tx, Collection<String> hashes, Instant now) {
        return PgRows.of(tx, IN_FORCE, (Object) hashes.toArray(String[]::new), now)
                .list(row -> row.getString("hash"))
                .map(HashSet::new);
    }

    Uni<Void> end(Tx tx, String hash) {
        return PgRows.of(tx, END, bytes(hash)).done();
    }

    /** Deletes some that have ended. */
    Uni<Integer> forget(Tx tx, Instant now, int most) {
        return PgRows.of(tx, FORGET, now, most).count();
    }

    private static Buffer bytes(String hash) {
        return Buffer.buffer(HexFormat.of().parseHex(hash));
    }
}
