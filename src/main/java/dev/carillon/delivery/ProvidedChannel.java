package dev.carillon.delivery;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** A channel whose parcels go to the providers that are configured for it, unless no provider could deliver them. */
public abstract class ProvidedChannel implements Channel {

    private final String name;
    private final List<Route> routes;

    protected ProvidedChannel(String name, Providers providers) {
        this.name = name;
        this.routes = providers.open(name).stream().map(route -> new Route(route.provider(), leased -> send(route, leased))).toList();
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
    public Uni<DeliveryOutcome> send(LeasedParcel leased) {
        return routes.get(0).gateway().send(leased);
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    private Uni<DeliveryOutcome> send(Route route, LeasedParcel leased) {
        var parcel = leased.parcel();
        var unfit = OneLine.broken(parcel);
        var reason = unfit != null ? unfit : unfit(parcel);
        return reason == null ? route.gateway().send(leased)
                : Uni.createFrom().item(new DeliveryOutcome.Refused(FailureKind.REJECTED, reason));
    }

    /** Why nobody could deliver this on the channel, without quoting it; null when somebody could. */
    protected @Nullable String unfit(Parcel parcel) {
        return null;
    }
}
