package dev.carillon.notification.inbox;

/**
 * Limits the open streams, because each keeps a connection. One tenant's streams take at most a quarter of all
 * connections, and all streams together at most half, whatever is configured.
 */
record StreamPlaces(int perCustomer, int perTenant, int all) {

    static StreamPlaces of(InboxSettings settings, int connections) {
        return new StreamPlaces(
                settings.perCustomer(),
                Math.min(settings.perTenant(), Math.max(1, connections / 4)),
                Math.min(settings.all(), Math.max(1, connections / 2)));
    }
}
