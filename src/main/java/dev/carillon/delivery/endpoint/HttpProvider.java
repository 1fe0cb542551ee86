package dev.carillon.delivery.endpoint;

import dev.carillon.delivery.Gateway;
import dev.carillon.delivery.Provider;
import dev.carillon.delivery.httpclient.HttpGateways;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;

/** Calls customers' endpoints, only at public addresses. */
@ApplicationScoped
class HttpProvider implements Provider {

    private final HttpEndpointSettings settings;
    private final HttpGateways gateways;
    private final Clock clock;

    HttpProvider(HttpEndpointSettings settings, HttpGateways gateways, Clock clock) {
        this.settings = settings;
        this.gateways = gateways;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "http";
    }

    @Override
    public boolean serves(String channel) {
        return channel.equals(WebhookChannel.NAME);
    }

    @Override
    public Gateway open(String channel) {
        return gateways.openPublic(new HttpEndpoint(signing(), clock), settings, settings.rules());
    }

    private StandardWebhook signing() {
        try {
            return StandardWebhook.of(settings.secrets().orElse(List.of()));
        } catch (IllegalArgumentException unfit) {
            throw new IllegalStateException("carillon.provider.http.secrets: " + unfit.getMessage());
        }
    }
}
