package dev.carillon.delivery.slack;

import dev.carillon.delivery.Provider;
import dev.carillon.delivery.httpclient.HttpGateways;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Slack's own Web API. */
@Singleton
class SlackProvider {

    @Produces
    @Singleton
    Provider slack(SlackSettings settings, HttpGateways gateways) {
        return new Provider(
                "slack",
                SlackChannel.NAME,
                () -> gateways.open(
                        new SlackApi(
                                settings.url(), Provider.required(settings.token(), "carillon.provider.slack.token")),
                        settings));
    }
}
