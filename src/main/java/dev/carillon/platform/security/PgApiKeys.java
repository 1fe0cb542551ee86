package dev.carillon.platform.security;

import dev.carillon.platform.security.LastUse.KeyUse;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The SQL of API keys. */
@ApplicationScoped
class PgApiKeys {

    private static final String FIND = """
            select encode(hash, 'hex') as hash, id, tenant, roles, label from api_key
            where hash in (select decode(shown, 'hex') from unnest($1::text[]) as shown) and revoked_at is null
            """;

    private static final String INSERT = """
            insert into api_key (hash, id, tenant, roles, label, created_at) values ($1, $2, $3, $4, $5, $6) on conflict (hash) do nothing
            """;

    private static final String REPLACE = """
            insert into api_key (hash, id, tenant, roles, label, created_at) values ($1, $2, $3, $4, $5, $6)
            on conflict (id) do update set hash = excluded.hash where api_key.tenant = excluded.tenant and api_key.revoked_at is null
            """;

    private static final String INSERT_TENANT =
            "insert into tenant (id, created_at) values ($1, $2) on conflict (id) do nothing";

    private static final String ALL =
            "select id, tenant, roles, label, created_at, last_used_at from api_key where tenant = $1 and revoked_at is null order by id";

    private static final PgColumns<KeyUse> USES =
            PgColumns.<KeyUse>of().text("id", KeyUse::id).time("at", KeyUse::at);

    /** Of several replicas the latest use stays. */
    private static final String USED = """
            update api_key k set last_used_at = u.at from %s where k.id = u.id and (k.last_used_at is null or k.last_used_at < u.at)
            """.formatted(USES.unnest("u"));

    private static final String IN_FORCE = "select id from api_key where id = any($1) and revoked_at is null";

    private static final String REVOKE =
            "update api_key set revoked_at = $3 where tenant = $1 and id = $2 and revoked_at is null";

    /** The valid keys among these hashes, which are in hexadecimal digits. */
    Uni<Map<String, ApiKey>> find(Tx tx, List<String> hashes) {
        return PgRows.of(tx, FIND, (Object) hashes.toArray(String[]::new))
                .map(row -> row.getString("hash"), row -> key(row));
    }

    Uni<Void> insert(Tx tx, ApiKey key, String hash, Instant now) {
        return PgRows.of(
                        tx,
                        INSERT,
                        bytes(hash),
                        key.id(),
                        key.tenant(),
                        key.roles().toArray(String[]::new),
                        key.label(),
                        now)
                .done();
    }

    /** Like {@link #insert}; a key of this id, whose secret nobody was shown, gets another one. */
    Uni<Void> replace(Tx tx, ApiKey key, String hash, Instant now) {
        return PgRows.of(
                        tx,
                        REPLACE,
                        bytes(hash),
                        key.id(),
                        key.tenant(),
                        key.roles().toArray(String[]::new),
                        key.label(),
                        now)
                .done();
    }

    Uni<Void> insertTenant(Tx tx, String tenant, Instant now) {
        return PgRows.of(tx, INSERT_TENANT, tenant, now).done();
    }

    Uni<List<KeyInForce>> all(Tx tx, String tenant) {
        return PgRows.of(tx, ALL, tenant)
                .list(row -> new KeyInForce(
                        key(row), PgTimes.instant(row, "created_at"), PgTimes.instantOrNull(row, "last_used_at")));
    }

    Uni<Void> used(Tx tx, List<KeyUse> uses) {
        return PgRows.of(tx, USED, USES.of(uses)).done();
    }

    /** Which of these may still be used. */
    Uni<Set<String>> inForce(Tx tx, Collection<String> ids) {
        return PgRows.of(tx, IN_FORCE, (Object) ids.toArray(String[]::new))
                .list(row -> row.getString("id"))
                .map(HashSet::new);
    }

    Uni<Boolean> revoke(Tx tx, String tenant, String id, Instant now) {
        return PgRows.of(tx, REVOKE, tenant, id, now).any();
    }

    private static Buffer bytes(String hash) {
        return Buffer.buffer(HexFormat.of().parseHex(hash));
    }

    private static ApiKey key(Row row) {
        return new ApiKey(
                row.getString("id"),
                row.getString("tenant"),
                Set.of(row.getArrayOfStrings("roles")),
                row.getString("label"));
    }
}
