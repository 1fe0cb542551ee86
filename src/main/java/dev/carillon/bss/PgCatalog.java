package dev.carillon.bss;

import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;

/** The SQL of products, prices and promotions. */
@ApplicationScoped
public class PgCatalog {

    private static final String PUT = """
            insert into bss_product (tenant, id, name, price, category) values ($1, $2, $3, $4, $5)
            on conflict (tenant, id) do update set name = excluded.name, price = excluded.price, category = excluded.category
            """;

    private static final String FIND =
            "select id, name, price, category from bss_product where tenant = $1 and id = $2";

    /** Answers the product as it was: the row is locked, so that of two changes the second sees the first. */
    private static final String REPRICE = """
            with old as (select id, name, price, category from bss_product where tenant = $1 and id = $2 for update)
            update bss_product p set price = $3 from old where p.tenant = $1 and p.id = old.id
            returning old.id, old.name, old.price, old.category
            """;

    private static final String PUT_PROMOTION = """
            insert into bss_promotion (tenant, id, name, product_id, discount_percent, starts_at, ends_at) values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (tenant, id) do update set name = excluded.name, product_id = excluded.product_id,
              discount_percent = excluded.discount_percent, starts_at = excluded.starts_at, ends_at = excluded.ends_at
            """;

    public Uni<Void> put(Tx tx, String tenant, Product product) {
        return PgRows.of(tx, PUT, tenant, product.id(), product.name(), product.price(), product.category())
                .done();
    }

    /** @return the product; fails with {@link UnknownRecord} */
    public Uni<Product> find(Tx tx, String tenant, String id) {
        return product(PgRows.of(tx, FIND, tenant, id), id);
    }

    /** @return the product as it was before; fails with {@link UnknownRecord} */
    public Uni<Product> reprice(Tx tx, String tenant, String id, BigDecimal price) {
        return product(PgRows.of(tx, REPRICE, tenant, id, price), id);
    }

    public Uni<Void> put(Tx tx, String tenant, Promotion promotion) {
        return PgRows.of(
                        tx,
                        PUT_PROMOTION,
                        tenant,
                        promotion.id(),
                        promotion.name(),
                        promotion.productId(),
                        promotion.discountPercent(),
                        promotion.startsAt(),
                        promotion.endsAt())
                .done();
    }

    private static Uni<Product> product(PgRows rows, String id) {
        return rows.first(row -> new Product(
                        row.getString("id"),
                        row.getString("name"),
                        row.getBigDecimal("price"),
                        row.getString("category")))
                .map(found -> found.orElseThrow(() -> new UnknownRecord("product", id)));
    }
}
