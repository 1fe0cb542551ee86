package dev.carillon.notification.webhook;

import dev.carillon.platform.security.Encryption;
import dev.carillon.platform.security.PgRenewal;
import dev.carillon.platform.security.StoredSecrets;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The SQL of webhook subscriptions. */
@ApplicationScoped
class PgSubscriptions implements StoredSecrets {

    private static final String COLUMNS =
            "select id, tenant, url, statuses, types, secret, former_secret, former_until, created_at, failing_since, disabled_at, disabled_why from webhook ";

    private static final String ACTIVE = COLUMNS + "where disabled_at is null order by id";

    private static final String LIST = COLUMNS + "where tenant = $1 order by id";

    private static final String FIND = COLUMNS + "where tenant = $1 and id = $2";

    private static final String INSERT =
            "insert into webhook (id, tenant, url, statuses, types, secret, created_at) values ($1, $2, $3, $4, $5, $6, $7)";

    private static final String ROTATE =
            "update webhook set former_secret = secret, former_until = $4, secret = $3 where tenant = $1 and id = $2";

    private static final String ENABLE =
            "update webhook set failing_since = null, disabled_at = null, disabled_why = null where tenant = $1 and id = $2";

    private static final String STALE = """
            select id, secret, former_secret from webhook where not starts_with(secret, $1) or not starts_with(former_secret, $1) order by id for update
            """;

    private static final String RENEW = "update webhook set secret = $2, former_secret = $3 where id = $1";

    private final Encryption encryption;

    PgSubscriptions(Encryption encryption) {
        this.encryption = encryption;
    }

    @Override
    public Uni<Integer> renew(Tx tx) {
        return PgRenewal.renew(tx, STALE, encryption.currentPrefix(), RENEW, this::renewed);
    }

    private Tuple renewed(Row row) {
        var id = row.getString("id");
        var former = row.getString("former_secret");
        return Tuple.of(
                id,
                encryption.renew(row.getString("secret"), Subscription.place(id)),
                former == null ? null : encryption.renew(former, Subscription.place(id)));
    }

    /**
     * Locks the tenant's subscriptions until the transaction ends, so that nobody else counts them in order to add one.
     */
    Uni<Void> hold(Tx tx, String tenant) {
        return PgRows.of(tx, "select from tenant where id = $1 for no key update", tenant)
                .done();
    }

    Uni<List<Subscription>> active(Tx tx) {
        return PgRows.of(tx, ACTIVE).list(PgSubscriptions::subscription);
    }

    Uni<List<Subscription>> all(Tx tx, String tenant) {
        return PgRows.of(tx, LIST, tenant).list(PgSubscriptions::subscription);
    }

    Uni<Optional<Subscription>> find(Tx tx, String tenant, String id) {
        return PgRows.of(tx, FIND, tenant, id).first(PgSubscriptions::subscription);
    }

    Uni<Void> insert(Tx tx, Subscription made) {
        return PgRows.of(
                        tx,
                        INSERT,
                        made.id(),
                        made.tenant(),
                        made.url(),
                        made.statuses().toArray(String[]::new),
                        made.types().toArray(String[]::new),
                        made.secret(),
                        made.createdAt())
                .done();
    }

    Uni<Boolean> delete(Tx tx, String tenant, String id) {
        return PgRows.of(tx, "delete from webhook where tenant = $1 and id = $2", tenant, id)
                .any();
    }

    Uni<Boolean> rotate(Tx tx, String tenant, String id, String secret, Instant formerUntil) {
        return PgRows.of(tx, ROTATE, tenant, id, secret, formerUntil).any();
    }

    Uni<Boolean> enable(Tx tx, String tenant, String id) {
        return PgRows.of(tx, ENABLE, tenant, id).any();
    }

    Uni<Void> disable(Tx tx, String id, String why, Instant at) {
        return PgRows.of(
                        tx,
                        "update webhook set disabled_at = $2, disabled_why = $3 where id = $1 and disabled_at is null",
                        id,
                        at,
                        why)
                .done();
    }

    Uni<Void> failing(Tx tx, String id, Instant since) {
        return PgRows.of(tx, "update webhook set failing_since = $2 where id = $1 and failing_since is null", id, since)
                .done();
    }

    Uni<Void> answers(Tx tx, String id) {
        return PgRows.of(tx, "update webhook set failing_since = null where id = $1", id)
                .done();
    }

    private static Subscription subscription(Row row) {
        return new Subscription(
                row.getString("id"),
                row.getString("tenant"),
                row.getString("url"),
                Set.of(row.getArrayOfStrings("statuses")),
                Set.of(row.getArrayOfStrings("types")),
                row.getString("secret"),
                row.getString("former_secret"),
                PgTimes.instantOrNull(row, "former_until"),
                PgTimes.instant(row, "created_at"),
                PgTimes.instantOrNull(row, "failing_since"),
                PgTimes.instantOrNull(row, "disabled_at"),
                row.getString("disabled_why"));
    }
}
