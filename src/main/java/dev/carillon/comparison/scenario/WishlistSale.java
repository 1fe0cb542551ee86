package dev.carillon.comparison.scenario;

import dev.carillon.apidriven.caller.PromotionsCaller;
import dev.carillon.apidriven.caller.Team;
import dev.carillon.comparison.sample.SampleData;
import dev.carillon.eventsourced.producer.PromotionsService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** The type that was added later: a wished-for product is on sale. */
@ApplicationScoped
class WishlistSale implements Scenario {

    private static final String PROMOTION = "promo-001";

    private final SampleData data;
    private final PromotionsService service;
    private final PromotionsCaller caller;

    WishlistSale(SampleData data, PromotionsService service, PromotionsCaller caller) {
        this.data = data;
        this.service = service;
        this.caller = caller;
    }

    @Override
    public String name() {
        return "wishlist-sale";
    }

    @Override
    public String summary() {
        return "Promotion " + PROMOTION + " starts: customers who wish for the product and want promotions are told.";
    }

    @Override
    public Uni<Void> eventSourced(String tenant) {
        return service.createPromotion(tenant, data.promotion(PROMOTION)).replaceWithVoid();
    }

    @Override
    public Uni<Void> apiDriven(Team team) {
        return caller.createPromotion(team, data.promotion(PROMOTION));
    }
}
