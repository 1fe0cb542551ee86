package dev.carillon.delivery;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A channel that sends through its configured providers. It fails permanently what no provider could deliver. */
public abstract class ProvidedChannel implements Channel {

    private final String name;
    private final Providers providers;
    private final List<Route> routes;
    private @Nullable Route backtestRoute;

    protected ProvidedChannel(String name, Providers providers) {
        this.name = name;
        this.providers = providers;
        this.routes = providers.open(name).stream().map(this::checked).toList();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String provider() {
        return routes.get(0).provider();
    }

    @Override
    public Uni<DeliveryOutcome> send(LeasedDelivery leased) {
        return routes.get(0).gateway().send(leased);
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    /** The mock provider as configured for this channel; opened on first use. */
    @Override
    public synchronized Route backtestRoute() {
        if (backtestRoute == null) {
            backtestRoute = checked(providers.backtestRoute(name));
        }
        return backtestRoute;
    }

    private Route checked(Route route) {
        return new Route(route.provider(), route.gateway().behind(leased -> send(route, leased)));
    }

    private Uni<DeliveryOutcome> send(Route route, LeasedDelivery leased) {
        var delivery = leased.delivery();
        var unfit = OneLine.broken(delivery);
        var reason = unfit != null ? unfit : unfit(delivery);
        return reason == null
                ? route.gateway().send(leased)
                : Uni.createFrom().item(new DeliveryOutcome.Refused(FailureKind.REJECTED, reason));
    }

    /** Why no provider could deliver this on the channel, without quoting it; null if one could. */
    protected @Nullable String unfit(Delivery delivery) {
        return null;
    }
}
