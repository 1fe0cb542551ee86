package dev.carillon.notification.unsubscribe;

import dev.carillon.platform.security.Encryption;
import dev.carillon.platform.security.PgRenewal;
import dev.carillon.platform.security.StoredSecrets;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Base64;

/** The SQL of secrets the service generated for itself. They are stored encrypted. */
@ApplicationScoped
class PgSecrets implements StoredSecrets {

    private static final String KEEP =
            "insert into service_secret (name, encrypted) values ($1, $2) on conflict (name) do nothing";

    private static final String FIND = "select name, encrypted from service_secret where name = $1";

    private static final String STALE = """
            select name, encrypted from service_secret where not starts_with(encrypted, $1) order by name for update
            """;

    private static final String RENEW = "update service_secret set encrypted = $2 where name = $1";

    private final Encryption encryption;

    PgSecrets(Encryption encryption) {
        this.encryption = encryption;
    }

    /** The secret of this name; {@code fresh} where there was none. */
    Uni<byte[]> ensure(Tx tx, String name, byte[] fresh) {
        var encrypted = encryption.encrypt(Base64.getEncoder().encodeToString(fresh), place(name));
        return PgRows.of(tx, KEEP, name, encrypted)
                .done()
                .chain(() ->
                        PgRows.of(tx, FIND, name).one(row -> Base64.getDecoder().decode(secret(row))));
    }

    @Override
    public Uni<Integer> renew(Tx tx) {
        return PgRenewal.renew(
                tx,
                STALE,
                encryption.currentPrefix(),
                RENEW,
                row -> Tuple.of(row.getString("name"), encryption.encrypt(secret(row), place(row.getString("name")))));
    }

    /** In Base64. */
    private String secret(Row row) {
        return encryption.decrypt(row.getString("encrypted"), place(row.getString("name")));
    }

    private static String place(String name) {
        return "service_secret/" + name;
    }
}
