package dev.carillon.eventsourced.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/** An event that a domain team publishes. Its leaf types are records; {@link EventTypes} has their wire names. */
public sealed interface DomainEvent permits OrderingEvent, PricingEvent, PromotionsEvent, BillingEvent, CustomerEvent {

    /** The customer the fact is about, where it is about one. */
    @JsonIgnore
    default @Nullable String subject() {
        return null;
    }
}
