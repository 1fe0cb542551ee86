package dev.carillon.delivery.slack;

import dev.carillon.delivery.Gateway;
import dev.carillon.delivery.Provider;
import dev.carillon.delivery.RequiredSetting;
import dev.carillon.delivery.httpclient.HttpGateways;
import jakarta.enterprise.context.ApplicationScoped;

/** Slack's own Web API. */
@ApplicationScoped
class SlackProvider implements Provider {

    private final SlackSettings settings;
    private final HttpGateways gateways;

    SlackProvider(SlackSettings settings, HttpGateways gateways) {
        this.settings = settings;
        this.gateways = gateways;
    }

    @Override
    public String name() {
        return "slack";
    }

    @Override
    public boolean serves(String channel) {
        return channel.equals(SlackChannel.NAME);
    }

    @Override
    public Gateway open(String channel) {
        return gateways.open(
                new SlackApi(settings.url(), RequiredSetting.of(settings.token(), "carillon.provider.slack.token")),
                settings);
    }
}
