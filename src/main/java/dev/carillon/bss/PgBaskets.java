package dev.carillon.bss;

import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** The SQL of carts and wishlists. */
@ApplicationScoped
public class PgBaskets {

    private static final String ADD_TO_CART = """
            insert into bss_cart_item (tenant, product_id, customer_id, quantity, added_at) values ($1, $2, $3, $4, $5)
            on conflict (tenant, product_id, customer_id) do update set quantity = excluded.quantity, added_at = excluded.added_at
            """;

    private static final String REMOVE_FROM_CART =
            "delete from bss_cart_item where tenant = $1 and product_id = $2 and customer_id = $3";

    private static final String ADD_TO_WISHLIST = """
            insert into bss_wishlist_item (tenant, product_id, customer_id, added_at) values ($1, $2, $3, $4)
            on conflict (tenant, product_id, customer_id) do update set added_at = excluded.added_at
            """;

    private static final String REMOVE_FROM_WISHLIST =
            "delete from bss_wishlist_item where tenant = $1 and product_id = $2 and customer_id = $3";

    private static final String CARTS_WITH =
            "select customer_id from bss_cart_item where tenant = $1 and product_id = $2 order by customer_id";

    private static final String WISHLISTS_WITH =
            "select customer_id from bss_wishlist_item where tenant = $1 and product_id = $2 order by customer_id";

    public Uni<Void> addToCart(Tx tx, String tenant, String customerId, String productId, int quantity, Instant at) {
        return PgRows.of(tx, ADD_TO_CART, tenant, productId, customerId, quantity, at)
                .done();
    }

    public Uni<Void> removeFromCart(Tx tx, String tenant, String customerId, String productId) {
        return PgRows.of(tx, REMOVE_FROM_CART, tenant, productId, customerId).done();
    }

    public Uni<Void> addToWishlist(Tx tx, String tenant, String customerId, String productId, Instant at) {
        return PgRows.of(tx, ADD_TO_WISHLIST, tenant, productId, customerId, at).done();
    }

    public Uni<Void> removeFromWishlist(Tx tx, String tenant, String customerId, String productId) {
        return PgRows.of(tx, REMOVE_FROM_WISHLIST, tenant, productId, customerId)
                .done();
    }

    public Uni<List<String>> cartsWith(Tx tx, String tenant, String productId) {
        return PgRows.of(tx, CARTS_WITH, tenant, productId).list(row -> row.getString("customer_id"));
    }

    public Uni<List<String>> wishlistsWith(Tx tx, String tenant, String productId) {
        return PgRows.of(tx, WISHLISTS_WITH, tenant, productId).list(row -> row.getString("customer_id"));
    }
}
