package dev.carillon.bss;

import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
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
        return PgTx.connection(tx)
                .preparedQuery(ADD_TO_CART)
                .execute(Tuple.of(tenant, productId, customerId, quantity, PgTimes.at(at)))
                .replaceWithVoid();
    }

    public Uni<Void> removeFromCart(Tx tx, String tenant, String customerId, String productId) {
        return PgTx.connection(tx)
                .preparedQuery(REMOVE_FROM_CART)
                .execute(Tuple.of(tenant, productId, customerId))
                .replaceWithVoid();
    }

    public Uni<Void> addToWishlist(Tx tx, String tenant, String customerId, String productId, Instant at) {
        return PgTx.connection(tx)
                .preparedQuery(ADD_TO_WISHLIST)
                .execute(Tuple.of(tenant, productId, customerId, PgTimes.at(at)))
                .replaceWithVoid();
    }

    public Uni<Void> removeFromWishlist(Tx tx, String tenant, String customerId, String productId) {
        return PgTx.connection(tx)
                .preparedQuery(REMOVE_FROM_WISHLIST)
                .execute(Tuple.of(tenant, productId, customerId))
                .replaceWithVoid();
    }

    public Uni<List<String>> cartsWith(Tx tx, String tenant, String productId) {
        return PgTx.connection(tx)
                .preparedQuery(CARTS_WITH)
                .execute(Tuple.of(tenant, productId))
                .map(PgBaskets::customers);
    }

    public Uni<List<String>> wishlistsWith(Tx tx, String tenant, String productId) {
        return PgTx.connection(tx)
                .preparedQuery(WISHLISTS_WITH)
                .execute(Tuple.of(tenant, productId))
                .map(PgBaskets::customers);
    }

    private static List<String> customers(RowSet<Row> rows) {
        var customers = new ArrayList<String>();
        rows.forEach(row -> customers.add(row.getString("customer_id")));
        return customers;
    }
}
