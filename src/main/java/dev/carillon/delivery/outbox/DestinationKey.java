package dev.carillon.delivery.outbox;

/** A tenant's destination. A host that two tenants share is two destinations. */
public record DestinationKey(String tenant, String destination) {

    /** Before all others. */
    static final DestinationKey FIRST = new DestinationKey("", "");
}
