package dev.carillon.delivery.mock;

import dev.carillon.delivery.DeliverySettings;
import dev.carillon.delivery.Provider;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Sends nothing, on any channel, and logs that. */
@Singleton
class MockProvider {

    @Produces
    @Singleton
    Provider mock(DeliverySettings settings, MockSettings log) {
        return new Provider(
                "mock",
                anyChannel -> true,
                channel -> new MockGateway(
                        channel, settings.channels().get(channel).mock(), log.inClear()));
    }
}
