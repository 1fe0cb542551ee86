package dev.carillon.delivery.mock;

import dev.carillon.delivery.DeliverySettings;
import dev.carillon.delivery.Gateway;
import dev.carillon.delivery.Provider;
import jakarta.enterprise.context.ApplicationScoped;

/** Sends nothing, on any channel, and logs that. */
@ApplicationScoped
class MockProvider implements Provider {

    private final DeliverySettings settings;
    private final MockSettings log;

    MockProvider(DeliverySettings settings, MockSettings log) {
        this.settings = settings;
        this.log = log;
    }

    @Override
    public String name() {
        return "mock";
    }

    @Override
    public boolean serves(String channel) {
        return true;
    }

    @Override
    public Gateway open(String channel) {
        var mock = settings.channels().get(channel).mock();
        return new MockGateway(channel, mock, log.inClear());
    }
}
