package dev.carillon.eventsourced.producer;

import dev.carillon.bss.Payment;
import dev.carillon.bss.PgOrders;
import dev.carillon.eventsourced.bus.EventPublisher;
import dev.carillon.eventsourced.bus.EventPublisher.TeamChange;
import dev.carillon.eventsourced.event.BillingEvent.PaymentFailed;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The billing team: takes payments, and publishes when one failed. */
@ApplicationScoped
public class BillingService {

    private static final String TEAM = "BillingService";

    private final PgOrders orders;
    private final EventPublisher publisher;

    BillingService(PgOrders orders, EventPublisher publisher) {
        this.orders = orders;
        this.publisher = publisher;
    }

    /** @param retryUrl where the customer can pay again */
    public Uni<Payment> paymentFailed(String tenant, Payment payment, String retryUrl) {
        return publisher.publishing(
                tenant,
                TEAM,
                tx -> orders.put(tx, tenant, payment)
                        .replaceWith(new TeamChange<>(
                                payment,
                                List.of(new PaymentFailed(
                                        payment.id(),
                                        payment.orderId(),
                                        payment.customerId(),
                                        payment.amount(),
                                        payment.currency(),
                                        String.valueOf(payment.failureReason()),
                                        payment.attempts(),
                                        retryUrl)))));
    }
}
