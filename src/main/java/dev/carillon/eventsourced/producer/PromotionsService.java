package dev.carillon.eventsourced.producer;

import dev.carillon.bss.PgCatalog;
import dev.carillon.bss.Product;
import dev.carillon.bss.Promotion;
import dev.carillon.eventsourced.bus.EventPublisher;
import dev.carillon.eventsourced.bus.EventPublisher.TeamChange;
import dev.carillon.eventsourced.event.PromotionsEvent.PromotionCreated;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.List;

/** The promotions team: starts promotions and publishes them. */
@ApplicationScoped
public class PromotionsService {

    private static final String TEAM = "PromotionsService";

    private final PgCatalog catalog;
    private final EventPublisher publisher;

    PromotionsService(PgCatalog catalog, EventPublisher publisher) {
        this.catalog = catalog;
        this.publisher = publisher;
    }

    public Uni<Promotion> createPromotion(String tenant, Promotion promotion) {
        return publisher.publishing(
                tenant,
                TEAM,
                tx -> catalog.put(tx, tenant, promotion)
                        .chain(() -> catalog.find(tx, tenant, promotion.productId()))
                        .map(product -> new TeamChange<>(promotion, List.of(created(promotion, product)))));
    }

    private static PromotionCreated created(Promotion promotion, Product product) {
        return new PromotionCreated(
                promotion.id(),
                promotion.name(),
                product.id(),
                product.name(),
                BigDecimal.valueOf(promotion.discountPercent()),
                product.price(),
                promotion.salePrice(product.price()),
                Product.CURRENCY,
                promotion.startsAt().toString(),
                promotion.endsAt().toString());
    }
}
