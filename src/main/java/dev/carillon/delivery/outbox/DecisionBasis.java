package dev.carillon.delivery.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a decision knew of the customer's preferences and addresses. The claim finds whatever has changed since.
 *
 * @param asOf      the journal's position: changes up to it were known
 * @param goodUntil a delivery that has not gone by then is evaluated again; null if time alone changes nothing
 */
public record DecisionBasis(long asOf, @Nullable Instant goodUntil) {

    /** For deliveries without a customer's preferences. */
    public static final DecisionBasis NEVER = new DecisionBasis(0, null);
}
