package dev.carillon.bss;

import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The SQL of the customer team's customers. */
@ApplicationScoped
public class PgCustomers {

    private static final String PUT = """
            insert into bss_customer (tenant, id, name, email, phone, segment, created_at) values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (tenant, id) do update set name = excluded.name, email = excluded.email, phone = excluded.phone, segment = excluded.segment
            """;

    private static final String FIND = """
            select id, name, email, phone, segment, created_at from bss_customer where tenant = $1 and id = any($2) order by id
            """;

    public Uni<Void> put(Tx tx, String tenant, Customer customer) {
        return PgRows.of(
                        tx,
                        PUT,
                        tenant,
                        customer.id(),
                        customer.name(),
                        customer.email(),
                        customer.phone(),
                        customer.segment(),
                        customer.createdAt())
                .done();
    }

    /** The requested customers that exist. */
    public Uni<List<Customer>> find(Tx tx, String tenant, List<String> ids) {
        return PgRows.of(tx, FIND, tenant, ids.toArray(String[]::new)).list(PgCustomers::customer);
    }

    private static Customer customer(Row row) {
        return new Customer(
                row.getString("id"),
                row.getString("name"),
                row.getString("email"),
                row.getString("phone"),
                row.getString("segment"),
                PgTimes.instant(row, "created_at"));
    }
}
