package dev.carillon.comparison.scenario;

import dev.carillon.apidriven.caller.PricingCaller;
import dev.carillon.apidriven.caller.Team;
import dev.carillon.eventsourced.producer.PricingService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;

/** Complex: cart, preference and segment must agree. */
@ApplicationScoped
class PriceDropAlert implements Scenario {

    private static final String PRODUCT = "prod-001";
    private static final BigDecimal NEW_PRICE = new BigDecimal("119.99");

    private final PricingService service;
    private final PricingCaller caller;

    PriceDropAlert(PricingService service, PricingCaller caller) {
        this.service = service;
        this.caller = caller;
    }

    @Override
    public String name() {
        return "price-drop-alert";
    }

    @Override
    public String summary() {
        return "Product " + PRODUCT + " falls to " + NEW_PRICE
                + ": gold and platinum customers who have it in the cart and want price alerts are told.";
    }

    @Override
    public Uni<Void> eventSourced(String tenant) {
        return service.changePrice(tenant, PRODUCT, NEW_PRICE).replaceWithVoid();
    }

    @Override
    public Uni<Void> apiDriven(Team team) {
        return caller.changePrice(team, PRODUCT, NEW_PRICE);
    }
}
