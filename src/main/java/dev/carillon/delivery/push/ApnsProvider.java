package dev.carillon.delivery.push;

import dev.carillon.delivery.Gateway;
import dev.carillon.delivery.Provider;
import dev.carillon.delivery.RequiredSetting;
import dev.carillon.delivery.httpclient.HttpGateways;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** The Apple Push Notification service, with a signing key. */
@ApplicationScoped
class ApnsProvider implements Provider {

    private static final String PREFIX = "carillon.provider.apns.";

    private final ApnsSettings settings;
    private final HttpGateways gateways;
    private final Clock clock;

    ApnsProvider(ApnsSettings settings, HttpGateways gateways, Clock clock) {
        this.settings = settings;
        this.gateways = gateways;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "apns";
    }

    @Override
    public boolean serves(String channel) {
        return channel.equals(IosChannel.NAME);
    }

    @Override
    public Gateway open(String channel) {
        var key = PemKey.of(SecretFile.read(settings.key(), settings.keyFile(), PREFIX + "key"), "EC", PREFIX + "key");
        var token = new ProviderToken(
                RequiredSetting.of(settings.teamId(), PREFIX + "team-id"),
                RequiredSetting.of(settings.keyId(), PREFIX + "key-id"),
                key,
                clock);
        return gateways.openHttp2(
                new Apns(settings.url(), RequiredSetting.of(settings.topic(), PREFIX + "topic"), token), settings);
    }
}
