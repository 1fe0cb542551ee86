package dev.carillon.comparison.scenario;

import dev.carillon.apidriven.caller.BillingCaller;
import dev.carillon.apidriven.caller.Team;
import dev.carillon.bss.Payment;
import dev.carillon.bss.Product;
import dev.carillon.eventsourced.producer.BillingService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;

/** Medium: one event, and the customer's preferred channels. */
@ApplicationScoped
class PaymentFailure implements Scenario {

    private static final Payment PAYMENT = new Payment(
            "pay-001",
            "ord-001",
            "cust-001",
            new BigDecimal("179.97"),
            Product.CURRENCY,
            "FAILED",
            "INSUFFICIENT_FUNDS",
            1);
    private static final String RETRY = "https://shop.example.com/orders/ord-001/pay";

    private final BillingService service;
    private final BillingCaller caller;

    PaymentFailure(BillingService service, BillingCaller caller) {
        this.service = service;
        this.caller = caller;
    }

    @Override
    public String name() {
        return "payment-failed";
    }

    @Override
    public String summary() {
        return "The payment for " + PAYMENT.orderId()
                + " fails: its customer is told why and what to do, on the channels they prefer.";
    }

    @Override
    public Uni<Void> eventSourced(String tenant) {
        return service.paymentFailed(tenant, PAYMENT, RETRY).replaceWithVoid();
    }

    @Override
    public Uni<Void> apiDriven(Team team) {
        return caller.paymentFailed(team, PAYMENT, RETRY);
    }
}
