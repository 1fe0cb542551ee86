package dev.carillon.delivery.push;

import dev.carillon.delivery.Gateway;
import dev.carillon.delivery.Provider;
import dev.carillon.delivery.httpclient.HttpGateways;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Set;

/** Firebase Cloud Messaging, by its HTTP v1 API. It also reaches iOS devices, if their tokens are Firebase's. */
@ApplicationScoped
class FcmProvider implements Provider {

    private static final Set<String> CHANNELS = Set.of(AndroidChannel.NAME, IosChannel.NAME);

    private final FcmSettings settings;
    private final HttpGateways gateways;
    private final Clock clock;

    FcmProvider(FcmSettings settings, HttpGateways gateways, Clock clock) {
        this.settings = settings;
        this.gateways = gateways;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "fcm";
    }

    @Override
    public boolean serves(String channel) {
        return CHANNELS.contains(channel);
    }

    @Override
    public Gateway open(String channel) {
        var account = ServiceAccount.parse(
                SecretFile.read(settings.serviceAccount(), settings.serviceAccountFile(), ServiceAccount.KEY));
        var tokens = new AccessTokens(account, gateways.caller(settings), clock);
        return gateways.open(new Fcm(settings.url(), account.project(), tokens, clock), settings);
    }
}
