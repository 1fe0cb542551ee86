package dev.carillon.delivery.push;

import dev.carillon.delivery.Gateway;
import dev.carillon.delivery.Provider;
import dev.carillon.delivery.httpclient.HttpGateways;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Set;

/** The providers of push. */
@Singleton
class PushProviders {

    private static final String APNS = "carillon.provider.apns.";

    /** Firebase Cloud Messaging, by its HTTP v1 API. It also reaches iOS devices, if their tokens are Firebase's. */
    @Produces
    @Singleton
    Provider fcm(FcmSettings settings, HttpGateways gateways, Clock clock) {
        return new Provider(
                "fcm",
                Set.of(PushChannel.ANDROID, PushChannel.IOS)::contains,
                channel -> fcmGateway(settings, gateways, clock));
    }

    private static Gateway fcmGateway(FcmSettings settings, HttpGateways gateways, Clock clock) {
        var account = ServiceAccount.parse(
                SigningKey.read(settings.serviceAccount(), settings.serviceAccountFile(), ServiceAccount.KEY));
        var tokens = new AccessTokens(account, gateways.caller(settings), clock);
        return gateways.open(new Fcm(settings.url(), account.project(), tokens, clock), settings);
    }

    /** The Apple Push Notification service, with a signing key. */
    @Produces
    @Singleton
    Provider apns(ApnsSettings settings, HttpGateways gateways, Clock clock) {
        return new Provider("apns", PushChannel.IOS, () -> apnsGateway(settings, gateways, clock));
    }

    private static Gateway apnsGateway(ApnsSettings settings, HttpGateways gateways, Clock clock) {
        var pem = SigningKey.read(settings.key(), settings.keyFile(), APNS + "key");
        var token = new ProviderToken(
                Provider.required(settings.teamId(), APNS + "team-id"),
                Provider.required(settings.keyId(), APNS + "key-id"),
                SigningKey.of(pem, "EC", APNS + "key"),
                clock);
        return gateways.openHttp2(
                new Apns(settings.url(), Provider.required(settings.topic(), APNS + "topic"), token), settings);
    }
}
