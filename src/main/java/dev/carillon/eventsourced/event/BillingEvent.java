package dev.carillon.eventsourced.event;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Events of the billing team. */
public sealed interface BillingEvent extends DomainEvent {

    String customerId();

    @Override
    default String subject() {
        return customerId();
    }

    /** {@code failureReason} is the payment provider's code, such as INSUFFICIENT_FUNDS. */
    @RegisterForReflection
    record PaymentFailed(
            String paymentId,
            String orderId,
            String customerId,
            BigDecimal amount,
            String currency,
            String failureReason,
            int attemptNumber,
            @Nullable String retryUrl)
            implements BillingEvent {}
}
