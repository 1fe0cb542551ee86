package dev.carillon.delivery.httpclient;

import dev.carillon.delivery.Gateway;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Opens gateways to providers with an HTTP API. */
@ApplicationScoped
public class HttpGateways {

    private final Vertx vertx;
    private final Clock clock;

    public HttpGateways(Vertx vertx, Clock clock) {
        this.vertx = vertx;
        this.clock = clock;
    }

    /** Opens a gateway to a configured address. */
    public Gateway open(HttpContract contract, ProviderHttpSettings settings) {
        var caller = caller(settings);
        return new HttpGateway(caller, contract, clock, caller::free);
    }

    /** The same for a provider that speaks HTTP/2 only. */
    public Gateway openHttp2(HttpContract contract, ProviderHttpSettings settings) {
        return new HttpGateway(
                new HttpCaller(
                        vertx, HttpCaller.http2(), settings.connections(), Destination.ANYWHERE, settings.timeout()),
                contract,
                clock,
                () -> Integer.MAX_VALUE);
    }

    /** Opens a gateway to addresses supplied by others. */
    public Gateway openPublic(
            HttpContract contract, ProviderHttpSettings settings, PublicDestination.OutgoingRules rules) {
        return new HttpGateway(publicCaller(settings, rules), contract, clock, () -> Integer.MAX_VALUE);
    }

    /** A caller for addresses supplied by others, for calls that are no customer deliveries. */
    public HttpCaller publicCaller(ProviderHttpSettings settings, PublicDestination.OutgoingRules rules) {
        return new HttpCaller(
                vertx,
                HttpCaller.http1(),
                settings.connections(),
                new PublicDestination(vertx, rules),
                settings.timeout());
    }

    /** For what a provider has to be asked before it can be sent anything. */
    public HttpCaller caller(ProviderHttpSettings settings) {
        return new HttpCaller(
                vertx, HttpCaller.http1(), settings.connections(), Destination.ANYWHERE, settings.timeout());
    }
}
