package dev.carillon.eventsourced.event;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;

/** Events of the pricing team. */
public sealed interface PricingEvent extends DomainEvent {

    @RegisterForReflection
    record ProductListed(String productId, String productName, String category, BigDecimal price, String currency)
            implements PricingEvent {}

    @RegisterForReflection
    record PriceChanged(String productId, String productName, BigDecimal oldPrice, BigDecimal newPrice, String currency)
            implements PricingEvent {}
}
