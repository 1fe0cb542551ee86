package dev.carillon.eventsourced.event;

import io.quarkus.runtime.annotations.RegisterForReflection;

import java.math.BigDecimal;
import java.time.Instant;

/** What the promotions team publishes. */
public sealed interface PromotionsEvent extends DomainEvent {

    @RegisterForReflection
    record PromotionCreated(String promotionId, String name, String productId, String productName, int discountPercent,
                            BigDecimal originalPrice, BigDecimal salePrice, String currency, Instant startsAt, Instant endsAt)
            implements PromotionsEvent {
    }
}
