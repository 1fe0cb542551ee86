package dev.carillon.delivery;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A service that can send on one or more channels. To add one, write a package with a bean of this type; no other file
 * changes. The beans are the choices; only the chosen ones are opened.
 *
 * @param name     as in {@code carillon.delivery.<channel>.provider}
 * @param channels which it serves
 * @param opening  opens a way to it for a channel that has chosen it; called once a channel, at start. It throws {@link
 *     ConfigurationException} when it cannot be used as it is configured; the message names the key, never a secret
 */
public record Provider(String name, Predicate<String> channels, Function<String, Gateway> opening) {

    /** A provider of one channel. */
    public Provider(String name, String channel, Supplier<Gateway> opening) {
        this(name, channel::equals, same -> opening.get());
    }

    public boolean serves(String channel) {
        return channels.test(channel);
    }

    public Gateway open(String channel) {
        return opening.apply(channel);
    }

    /**
     * A setting that it cannot work without.
     *
     * @throws ConfigurationException naming the key, when there is none
     */
    public static <T> T required(Optional<T> value, String key) {
        return value.orElseThrow(
                () -> new ConfigurationException(key + " is not set, but the configured provider needs it"));
    }
}
