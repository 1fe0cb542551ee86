package dev.carillon.notification.inbox;

/**
 * How many streams may be open here. Each keeps a connection: so those of one tenant take no more than a quarter of all connections, and those
 * of all no more than half, whatever is set.
 */
record StreamPlaces(int perCustomer, int perTenant, int all) {

    static StreamPlaces of(InboxSettings settings, int connections) {
        return new StreamPlaces(
                settings.perCustomer(),
                Math.min(settings.perTenant(), Math.max(1, connections / 4)),
                Math.min(settings.all(), Math.max(1, connections / 2)));
    }
}
