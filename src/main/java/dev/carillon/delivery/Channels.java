package dev.carillon.delivery;

import dev.carillon.platform.value.ParsedAddress;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The channels a delivery can go out on: one for each {@link Channel} bean. A delivery enqueued for any other channel
 * would wait for ever.
 */
@ApplicationScoped
public class Channels {

    private final Set<String> names = new TreeSet<>();
    private final Set<String> byCustomerId;
    private final Map<String, Channel> addressed;
    private final Map<String, List<SizeLimit>> sizeLimits;

    public Channels(@All List<Channel> channels) {
        channels.forEach(channel -> {
            if (!names.add(channel.name())) {
                throw new IllegalStateException("two channels are named " + channel.name());
            }
        });
        this.byCustomerId = channels.stream()
                .filter(Channel::reachesByCustomerId)
                .map(Channel::name)
                .collect(Collectors.toUnmodifiableSet());
        this.addressed = new TreeMap<>(channels.stream()
                .filter(Channel::hasAddresses)
                .collect(Collectors.toMap(Channel::name, channel -> channel)));
        this.sizeLimits = channels.stream().collect(Collectors.toUnmodifiableMap(Channel::name, Channel::sizeLimits));
    }

    /**
     * Stops the start when a setting names a channel that does not exist: it was probably meant for another one. It does
     * so before anything else starts that would have to be stopped again.
     */
    void refuseMisspelt(@Observes @Priority(1) StartupEvent starting, DeliverySettings settings) {
        settings.channels().keySet().stream()
                .filter(name -> !has(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new ConfigurationException(
                            "carillon.delivery." + name + " configures an unknown channel; known: " + names);
                });
    }

    public boolean has(String name) {
        return names.contains(name);
    }

    /** Whether the customer's id is the address on it. */
    public boolean reachesByCustomerId(String name) {
        return byCustomerId.contains(name);
    }

    /** Whether customers have an address on this channel that they give us. */
    public boolean hasAddresses(String name) {
        return addressed.containsKey(name);
    }

    /** The channels on which customers have addresses, in alphabetical order. */
    public Set<String> withAddresses() {
        return Collections.unmodifiableSet(addressed.keySet());
    }

    /** An address of a channel, as it is kept and compared. */
    public ParsedAddress address(String name, String written) {
        var channel = addressed.get(name);
        return channel == null
                ? new ParsedAddress.None("must be an address of a channel that has addresses")
                : channel.address(written);
    }

    /** The channel's size limits. */
    public List<SizeLimit> sizeLimits(String name) {
        return sizeLimits.getOrDefault(name, List.of());
    }

    /** All channels, in alphabetical order. */
    public Set<String> names() {
        return Collections.unmodifiableSet(names);
    }
}
