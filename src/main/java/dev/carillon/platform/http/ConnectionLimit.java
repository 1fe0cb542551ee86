package dev.carillon.platform.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The maximum number of connections. Limits for long-lived connections are a share of it. */
@ApplicationScoped
public class ConnectionLimit {

    private static final long HEAP_PER_CONNECTION = 128 * 1024;
    private static final int AT_LEAST = 100;

    private final int most;

    /** The configured maximum, or what the heap allows. */
    @Inject
    ConnectionLimit(HttpSettings settings) {
        this(settings.maxConnections().orElse((int) Math.max(
                AT_LEAST, Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / HEAP_PER_CONNECTION))));
    }

    public ConnectionLimit(int most) {
        this.most = most;
    }

    public int most() {
        return most;
    }
}
