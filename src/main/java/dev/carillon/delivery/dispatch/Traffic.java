package dev.carillon.delivery.dispatch;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.LeasedParcel;
import dev.carillon.delivery.Parcel;
import dev.carillon.delivery.Route;
import dev.carillon.delivery.circuit.Circuits;
import jakarta.enterprise.context.ApplicationScoped;
import dev.carillon.platform.security.ThrowawayTenant;
import org.jspecify.annotations.Nullable;

/**
 * Which of a channel's providers gets a parcel, and how many may start: the first choice, unless an earlier attempt has named another, it is
 * left alone, has had as many as it may, or has no connection free; what failed there goes to the next one, from the next attempt on.
 */
@ApplicationScoped
class Traffic {

    private final Circuits circuits;
    private final ProviderLimits limits;

    Traffic(Circuits circuits, ProviderLimits limits) {
        this.circuits = circuits;
        this.limits = limits;
    }

    /**
     * Of so many parcels, how many may start now: what may not is not claimed, and burns no attempt.
     *
     * @param again run when more may start than now
     */
    int admits(Channel channel, int wanted, Runnable again) {
        int admitted = 0;
        for (var route : channel.routes()) {
            int free = Math.max(0, Math.min(wanted - admitted, route.gateway().free()));
            int let = free == 0 ? 0 : circuits.admits(channel, route, null, free);
            admitted += let == 0 ? 0 : limits.admits(channel, route, let, again);
            if (admitted >= wanted) {
                return wanted;
            }
        }
        return admitted;
    }

    /** Who tries it: of a demo nobody who could reach anybody. */
    Route choose(Channel channel, LeasedParcel leased) {
        if (ThrowawayTenant.is(leased.parcel().tenant())) {
            return channel.rehearsal();
        }
        var routes = channel.routes();
        int first = Math.max(0, index(channel, leased.provider()));
        var destination = destination(channel, leased.parcel());
        for (int i = 0; i < routes.size(); i++) {
            var route = routes.get((first + i) % routes.size());
            if (route.gateway().free() > 0 && limits.has(channel, route) && circuits.pass(channel, route, destination)) {
                return limits.taken(channel, route);
            }
        }
        return limits.taken(channel, routes.get(first));       // all have changed since it was claimed
    }

    /** Of so many parcels for a tenant's destination, how many may start now as far as its circuit goes. */
    int admits(Channel channel, String tenant, String destination, int wanted) {
        return channel.routes().stream().mapToInt(route -> circuits.admits(channel, route, key(tenant, destination), wanted)).max().orElse(0);
    }

    /** Learns from what came of it; from a demo nothing. */
    void ended(Channel channel, Route route, LeasedParcel leased, DeliveryOutcome outcome) {
        if (!ThrowawayTenant.is(leased.parcel().tenant())) {
            circuits.ended(channel, route, destination(channel, leased.parcel()), outcome);
        }
    }

    /** Whether a provider is being probed and nothing on its way will find out. */
    boolean probes(Channel channel) {
        return circuits.probes(channel);
    }

    /**
     * Who tries it after this: the next provider, in a circle. What may have gone out stays where it was tried, for only there it can be
     * recognised.
     */
    @Nullable Route after(Channel channel, Route tried, RetryLater later) {
        var routes = channel.routes();
        return routes.size() == 1 ? null
                : later.failure() == FailureKind.OUTCOME_UNKNOWN ? tried : routes.get((index(channel, tried.provider()) + 1) % routes.size());
    }

    private static @Nullable String destination(Channel channel, Parcel parcel) {
        return channel.hasDestinations() ? key(parcel.tenant(), channel.destination(parcel)) : null;
    }

    /** A host that two tenants share is two destinations: neither is to hear of the other's trouble. */
    private static String key(String tenant, String destination) {
        return tenant + "/" + destination;
    }

    private static int index(Channel channel, @Nullable String provider) {
        var routes = channel.routes();
        for (int i = 0; provider != null && i < routes.size(); i++) {
            if (routes.get(i).provider().equals(provider)) {
                return i;
            }
        }
        return -1;
    }
}
