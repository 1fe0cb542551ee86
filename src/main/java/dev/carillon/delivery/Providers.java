package dev.carillon.delivery;

import io.quarkus.arc.All;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** All known providers. Opens the ones a channel is configured with. */
@ApplicationScoped
public class Providers {

    private static final String MOCK = "mock";

    private final List<Provider> providers;
    private final DeliverySettings settings;

    public Providers(@All List<Provider> providers, DeliverySettings settings) {
        this.providers = providers;
        this.settings = settings;
    }

    /**
     * The routes of a channel, the first choice first.
     *
     * @throws ConfigurationException naming the setting, if no provider of that name serves the channel, or if it cannot be used
     */
    List<Route> open(String channel) {
        var names = settings.channels().get(channel).provider();
        if (names.stream().distinct().count() < names.size()) {
            throw new ConfigurationException("carillon.delivery." + channel + ".provider=" + String.join(",", names)
                    + " names a provider twice");
        }
        return names.stream().map(name -> open(channel, name)).toList();
    }

    /** The mock route, for what must not reach anybody, whatever is configured. */
    Route backtestRoute(String channel) {
        return open(channel, MOCK);
    }

    /** Whether any channel has a real provider. */
    public boolean reachSomebody() {
        return settings.channels().values().stream()
                .anyMatch(channel -> !channel.provider().equals(List.of(MOCK)));
    }

    private Route open(String channel, String name) {
        var serving =
                providers.stream().filter(provider -> provider.serves(channel)).toList();
        var chosen = serving.stream()
                .filter(provider -> provider.name().equals(name))
                .toList();
        if (chosen.size() != 1) {
            throw new ConfigurationException("carillon.delivery." + channel + ".provider=" + name + " is "
                    + (chosen.isEmpty() ? "none of " : "more than one of ")
                    + serving.stream().map(Provider::name).sorted().toList());
        }
        return new Route(name, chosen.get(0).open(channel));
    }
}
