package dev.carillon.delivery;

/**
 * A service that can send on one or more channels. To add one, write a package with a bean that implements this; no
 * other file changes. The beans are the choices; only the chosen ones are opened.
 */
public interface Provider {

    /** As in {@code carillon.delivery.<channel>.provider}. */
    String name();

    boolean serves(String channel);

    /**
     * Opens a way to it for a channel that has chosen it; called once a channel, at start.
     *
     * @throws IllegalStateException when it cannot be used as it is configured; the message names the key, never a secret
     */
    Gateway open(String channel);
}
