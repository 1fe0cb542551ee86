package dev.carillon.eventsourced.producer;

import dev.carillon.bss.PgCatalog;
import dev.carillon.bss.Product;
import dev.carillon.eventsourced.bus.EventPublisher;
import dev.carillon.eventsourced.bus.EventPublisher.TeamChange;
import dev.carillon.eventsourced.event.PricingEvent.PriceChanged;
import dev.carillon.eventsourced.event.PricingEvent.ProductListed;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.List;

/** The pricing team: lists products and publishes price changes. */
@ApplicationScoped
public class PricingService {

    private static final String TEAM = "PricingService";

    private final PgCatalog catalog;
    private final EventPublisher publisher;

    PricingService(PgCatalog catalog, EventPublisher publisher) {
        this.catalog = catalog;
        this.publisher = publisher;
    }

    public Uni<Product> listProduct(String tenant, Product product) {
        return publisher.publishing(
                tenant,
                TEAM,
                tx -> catalog.put(tx, tenant, product)
                        .replaceWith(new TeamChange<>(
                                product,
                                List.of(new ProductListed(
                                        product.id(),
                                        product.name(),
                                        product.category(),
                                        product.price(),
                                        Product.CURRENCY)))));
    }

    /** @return the product as it was before */
    public Uni<Product> changePrice(String tenant, String productId, BigDecimal newPrice) {
        return publisher.publishing(
                tenant,
                TEAM,
                tx -> catalog.reprice(tx, tenant, productId, newPrice)
                        .map(was -> new TeamChange<>(
                                was,
                                List.of(new PriceChanged(
                                        was.id(), was.name(), was.price(), newPrice, Product.CURRENCY)))));
    }
}
