package dev.carillon.delivery;

/** Counts what becomes of deliveries, within the statement that records it. Statistics implement it. */
public interface DeliveryTally {

    /**
     * SQL that counts the rows of {@code moved} as of {@code $1}. They have the columns of {@link
     * DeliveryListener.Moved}: tenant, type, channel, outcome, provider, failure.
     */
    String countOfMoved();
}
