package dev.carillon.comparison.sample;

import dev.carillon.bss.PgBaskets;
import dev.carillon.bss.PgCatalog;
import dev.carillon.bss.PgOrders;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Loads the sample data as the teams' own records, without publishing anything. */
@ApplicationScoped
class SampleRecords {

    private final PgCatalog catalog;
    private final PgBaskets baskets;
    private final PgOrders orders;
    private final Transactions transactions;

    SampleRecords(PgCatalog catalog, PgBaskets baskets, PgOrders orders, Transactions transactions) {
        this.catalog = catalog;
        this.baskets = baskets;
        this.orders = orders;
        this.transactions = transactions;
    }

    Uni<Void> put(String tenant, SampleData data) {
        return transactions.inTransaction(tx -> SamplePlatform.each(
                        data.products(), product -> catalog.put(tx, tenant, product))
                .chain(() -> SamplePlatform.each(
                        data.orders(),
                        order -> orders.put(tx, tenant, SamplePlatform.order(order, SampleData.LineFile::status))))
                .chain(() -> baskets(tx, tenant, data)));
    }

    private Uni<Void> baskets(Tx tx, String tenant, SampleData data) {
        return SamplePlatform.each(
                        data.carts(),
                        cart -> SamplePlatform.each(
                                cart.items(),
                                item -> baskets.addToCart(
                                        tx,
                                        tenant,
                                        cart.customerId(),
                                        item.productId(),
                                        item.quantity(),
                                        item.addedAt())))
                .chain(() -> SamplePlatform.each(
                        data.wishlists(),
                        list -> SamplePlatform.each(
                                list.items(),
                                item -> baskets.addToWishlist(
                                        tx, tenant, list.customerId(), item.productId(), item.addedAt()))));
    }
}
