package dev.carillon.delivery;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The channels something can go out on: one for each {@link Channel} bean. What is enqueued for another one would wait for ever. */
@ApplicationScoped
public class Channels {

    private final Set<String> names = new TreeSet<>();

    public Channels(@All List<Channel> channels) {
        channels.forEach(channel -> {
            if (!names.add(channel.name())) {
                throw new IllegalStateException("two channels are named " + channel.name());
            }
        });
    }

    public boolean has(String name) {
        return names.contains(name);
    }

    /** All of them, in the order of the alphabet. */
    public Set<String> names() {
        return Collections.unmodifiableSet(names);
    }
}
