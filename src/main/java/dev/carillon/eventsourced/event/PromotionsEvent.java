package dev.carillon.eventsourced.event;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;

/** Events of the promotions team. */
public sealed interface PromotionsEvent extends DomainEvent {

    /** A new promotion. It starts and ends on a day, or at a time with its offset. */
    @RegisterForReflection
    record PromotionCreated(
            String promotionId,
            String name,
            String productId,
            String productName,
            BigDecimal discountPercent,
            BigDecimal originalPrice,
            BigDecimal salePrice,
            String currency,
            String startsAt,
            String endsAt)
            implements PromotionsEvent {}
}
