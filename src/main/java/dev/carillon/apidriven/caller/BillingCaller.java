package dev.carillon.apidriven.caller;

import dev.carillon.apidriven.api.NotificationRequest;
import dev.carillon.bss.Payment;
import dev.carillon.bss.PgOrders;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** The billing team: takes payments, and calls the notification service when one failed. */
@ApplicationScoped
public class BillingCaller {

    private static final String TEAM = "BillingCaller";

    private final PgOrders orders;
    private final Records records;
    private final NotificationService notifications;

    BillingCaller(PgOrders orders, Records records, NotificationService notifications) {
        this.orders = orders;
        this.records = records;
        this.notifications = notifications;
    }

    /** @param retryUrl where the customer can pay again */
    public Uni<Void> paymentFailed(Team team, Payment payment, String retryUrl) {
        return records.change(tx -> orders.put(tx, team.tenant(), payment))
                .chain(() -> notifications.submit(
                        team,
                        TEAM,
                        NotificationRequest.of(
                                "PAYMENT_FAILED",
                                payment.customerId(),
                                Map.of(
                                        "orderId",
                                        payment.orderId(),
                                        "amount",
                                        payment.amount(),
                                        "currency",
                                        payment.currency(),
                                        "failureReason",
                                        String.valueOf(payment.failureReason()),
                                        "attemptNumber",
                                        payment.attempts(),
                                        "retryUrl",
                                        retryUrl),
                                "payment/" + payment.id() + "/failed/" + payment.attempts())))
                .replaceWithVoid();
    }
}
