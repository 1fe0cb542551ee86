package dev.carillon.platform.idempotency;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.security.Encryption;
import dev.carillon.platform.security.PgRenewal;
import dev.carillon.platform.security.StoredSecrets;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/** The SQL of idempotency keys: one statement takes a key that is new, expired, or left behind by a dead process. */
@ApplicationScoped
class PgIdempotencyKeys implements StoredSecrets {

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private static final String TAKE = """
            insert into idempotency_key as k (tenant, caller, operation, key, fingerprint, token, leased_until, first_tried, expires_at)
            values ($1, $2, $3, $4, $5, $6, $8, $7, $9)
            on conflict (tenant, caller, operation, key) do update
              set fingerprint = excluded.fingerprint, token = excluded.token, leased_until = excluded.leased_until,
                  status = null, headers = null, body = null,
                  first_tried = case when k.expires_at <= $7 then excluded.first_tried else k.first_tried end,
                  expires_at = case when k.expires_at <= $7 then excluded.expires_at else k.expires_at end
              where k.expires_at <= $7 or (k.status is null and k.leased_until <= $7 and k.fingerprint = excluded.fingerprint)
            returning first_tried
            """;

    private static final String FIND = """
            select fingerprint, status, headers::text as headers, body from idempotency_key
            where tenant = $1 and caller = $2 and operation = $3 and key = $4
            """;

    private static final String FINISH = """
            update idempotency_key set status = $6, headers = $7::text::json, body = $8
            where tenant = $1 and caller = $2 and operation = $3 and key = $4 and token = $5 and status is null
            """;

    /** The row stays: the next try must find when the first one was. */
    private static final String RELEASE = """
            update idempotency_key set leased_until = $6
            where tenant = $1 and caller = $2 and operation = $3 and key = $4 and token = $5 and status is null
            """;

    private static final String FORGET = """
            delete from idempotency_key where (tenant, caller, operation, key) in (
              select tenant, caller, operation, key from idempotency_key where expires_at <= $1 order by expires_at limit $2 for update skip locked)
            """;

    private static final String STALE = """
            select tenant, caller, operation, key, body from idempotency_key
            where starts_with(body, 'enc1.') and not starts_with(body, $1) order by tenant, caller, operation, key for update
            """;

    private static final String RENEW =
            "update idempotency_key set body = $5 where tenant = $1 and caller = $2 and operation = $3 and key = $4";

    private final Json json;
    private final Encryption encryption;

    PgIdempotencyKeys(Json json, Encryption encryption) {
        this.json = json;
        this.encryption = encryption;
    }

    @Override
    public Uni<Integer> renew(Tx tx) {
        return PgRenewal.renew(tx, STALE, encryption.currentPrefix(), RENEW, this::renewed);
    }

    private Tuple renewed(Row row) {
        var tenant = row.getString("tenant");
        var caller = row.getString("caller");
        var operation = row.getString("operation");
        var key = row.getString("key");
        return Tuple.of(
                tenant,
                caller,
                operation,
                key,
                encryption.renew(row.getString("body"), place(tenant, caller, operation, key)));
    }

    Uni<Claim> claim(Tx tx, KeyedRequest request, String token, Instant now, Instant leasedUntil, Instant expiresAt) {
        var fingerprint = Buffer.buffer(request.fingerprint());
        return PgRows.of(tx, TAKE, of(request, fingerprint, token, now, leasedUntil, expiresAt))
                .<Claim>first(row -> new Claim.Ours(token, PgTimes.instant(row, "first_tried")))
                .chain(taken -> taken.isPresent()
                        ? Uni.createFrom().item(taken.get())
                        : PgRows.of(tx, FIND, of(request)).one(row -> known(request, row)));
    }

    Uni<Void> finish(Tx tx, KeyedRequest request, String token, Answer answer) {
        var body = answer.confidential() ? encryption.encrypt(answer.body(), place(request)) : answer.body();
        return PgRows.of(tx, FINISH, of(request, token, answer.status(), json.write(answer.headers()), body))
                .done();
    }

    Uni<Void> release(Tx tx, KeyedRequest request, String token, Instant now) {
        return PgRows.of(tx, RELEASE, of(request, token, now)).done();
    }

    /** @return how many were forgotten, at most {@code limit} */
    Uni<Integer> forget(Tx tx, Instant now, int limit) {
        return PgRows.of(tx, FORGET, now, limit).count();
    }

    private Claim known(KeyedRequest request, Row row) {
        if (!Arrays.equals(row.getBuffer("fingerprint").getBytes(), request.fingerprint())) {
            return new Claim.OtherContent();
        }
        return row.getShort("status") == null
                ? new Claim.InProgress()
                : new Claim.Answered(new Answer(
                        row.getShort("status"),
                        json.read(row.getString("headers"), TEXTS),
                        encryption.decrypt(row.getString("body"), place(request))));
    }

    private static String place(KeyedRequest request) {
        return place(request.tenant(), request.caller(), request.operation(), request.key());
    }

    private static String place(String tenant, String caller, String operation, String key) {
        return String.join("\n", "idempotency_key", tenant, caller, operation, key);
    }

    /** A row's key, and the parameters behind it. */
    private static Object[] of(KeyedRequest request, Object... more) {
        return Stream.concat(
                        Stream.of(request.tenant(), request.caller(), request.operation(), request.key()),
                        Stream.of(more))
                .toArray();
    }
}
