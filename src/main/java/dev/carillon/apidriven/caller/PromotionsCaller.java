package dev.carillon.apidriven.caller;

import dev.carillon.apidriven.api.NotificationRequest;
import dev.carillon.bss.PgBaskets;
import dev.carillon.bss.PgCatalog;
import dev.carillon.bss.Product;
import dev.carillon.bss.Promotion;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** The promotions team: to notify of a sale it has to know wishlists and preferences. */
@ApplicationScoped
public class PromotionsCaller {

    private static final String TEAM = "PromotionsCaller";

    private final PgCatalog catalog;
    private final PgBaskets baskets;
    private final Records records;
    private final NotificationService notifications;

    PromotionsCaller(PgCatalog catalog, PgBaskets baskets, Records records, NotificationService notifications) {
        this.catalog = catalog;
        this.baskets = baskets;
        this.records = records;
        this.notifications = notifications;
    }

    public Uni<Void> createPromotion(Team team, Promotion promotion) {
        return records.change(tx -> catalog.put(tx, team.tenant(), promotion)
                        .chain(() -> catalog.find(tx, team.tenant(), promotion.productId())))
                .chain(product -> notifyOfSale(team, promotion, product));
    }

    private Uni<Void> notifyOfSale(Team team, Promotion promotion, Product product) {
        return records.lookUp(
                        team,
                        TEAM,
                        "Baskets",
                        "wishlists with " + product.id(),
                        tx -> baskets.wishlistsWith(tx, team.tenant(), product.id()))
                .onItem()
                .transformToMulti(customers -> Multi.createFrom().iterable(customers))
                .onItem()
                .transformToUniAndConcatenate(customerId -> notifyIfWanted(team, customerId, promotion, product))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private Uni<Void> notifyIfWanted(Team team, String customerId, Promotion promotion, Product product) {
        return notifications
                .choices(team, TEAM, customerId, "promotions")
                .chain(choices -> choices.containsValue(true)
                        ? notifications
                                .submit(
                                        team,
                                        TEAM,
                                        NotificationRequest.of(
                                                "WISHLIST_SALE",
                                                customerId,
                                                Map.of(
                                                        "productName",
                                                        product.name(),
                                                        "promotionName",
                                                        promotion.name(),
                                                        "discountPercent",
                                                        promotion.discountPercent(),
                                                        "originalPrice",
                                                        product.price(),
                                                        "salePrice",
                                                        promotion.salePrice(product.price()),
                                                        "currency",
                                                        Product.CURRENCY,
                                                        "endsAt",
                                                        promotion.endsAt().toString()),
                                                "promotion/" + promotion.id() + "/" + customerId))
                                .replaceWithVoid()
                        : Uni.createFrom().voidItem());
    }
}
