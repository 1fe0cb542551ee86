package dev.carillon.delivery.endpoint;

import dev.carillon.delivery.Provider;
import dev.carillon.delivery.httpclient.HttpGateways;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** Calls customers' endpoints, only at public addresses. */
@Singleton
class EndpointProvider {

    @Produces
    @Singleton
    Provider http(HttpEndpointSettings settings, HttpGateways gateways, Clock clock) {
        return new Provider(
                "http",
                WebhookChannel.NAME,
                () -> gateways.openPublic(new HttpEndpoint(signing(settings), clock), settings, settings.rules()));
    }

    private static StandardWebhook signing(HttpEndpointSettings settings) {
        try {
            return StandardWebhook.of(settings.secrets().orElse(List.of()));
        } catch (IllegalArgumentException unfit) {
            throw new ConfigurationException("carillon.provider.http.secrets: " + unfit.getMessage());
        }
    }
}
