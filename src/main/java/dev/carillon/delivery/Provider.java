package dev.carillon.delivery;

/**
 * Who can send on one or more channels. A new one is a package with a bean that implements this; nothing else is edited.
 * The bean says what there is to choose from; only what is chosen is opened.
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
