package dev.carillon.delivery;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;

/** Providers as the configuration would give them to a channel. */
public final class TestProviders {

    private TestProviders() {}

    /** The channel has this way and no other. */
    public static Providers only(String channel, Gateway gateway) {
        return new Providers(
                List.of(provider("test", channel, gateway)),
                settings(Map.of("carillon.delivery." + channel + ".provider", "test")));
    }

    static Provider provider(String name, String channel, Gateway gateway) {
        return new Provider(name, channel, () -> gateway);
    }

    public static DeliverySettings settings(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(DeliverySettings.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(DeliverySettings.class);
    }
}
