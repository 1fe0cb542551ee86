package dev.carillon.eventsourced.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/** A fact a domain team publishes. Its leaves are records; what they are called on the wire is in {@link EventTypes}. */
public sealed interface DomainEvent permits OrderingEvent, PricingEvent, PromotionsEvent, BillingEvent, CustomerEvent {

    /** The customer the fact is about, where it is about one. */
    @JsonIgnore
    default @Nullable String subject() {
        return null;
    }
}
