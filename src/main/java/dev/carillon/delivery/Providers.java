package dev.carillon.delivery;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** All providers there are; opens the one a channel was given in the configuration. */
@ApplicationScoped
public class Providers {

    /** A provider with the way to it. */
    record Opened(String name, Gateway gateway) {
    }

    private final List<Provider> providers;
    private final DeliverySettings settings;

    public Providers(@All List<Provider> providers, DeliverySettings settings) {
        this.providers = providers;
        this.settings = settings;
    }

    /** @throws IllegalStateException naming the key, when nobody of the configured name serves the channel, or it cannot be used */
    Opened open(String channel) {
        var name = settings.channels().get(channel).provider();
        var serving = providers.stream().filter(provider -> provider.serves(channel)).toList();
        var chosen = serving.stream().filter(provider -> provider.name().equals(name)).toList();
        if (chosen.size() != 1) {
            throw new IllegalStateException("carillon.delivery." + channel + ".provider=" + name + " is "
                    + (chosen.isEmpty() ? "none of " : "more than one of ") + serving.stream().map(Provider::name).sorted().toList());
        }
        return new Opened(name, chosen.get(0).open(channel));
    }
}
