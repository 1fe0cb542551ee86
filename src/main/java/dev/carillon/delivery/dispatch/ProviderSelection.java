package dev.carillon.delivery.dispatch;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.Route;
import dev.carillon.delivery.Waits;
import dev.carillon.delivery.circuit.Circuits;
import dev.carillon.platform.security.ThrowawayTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Picks the provider for a delivery, and how many may start. It takes the channel's first choice unless an earlier
 * attempt named another, the circuit is open, the rate limit is reached, or no connection is free. What failed at one
 * provider goes to the next from the next attempt on.
 */
@ApplicationScoped
class ProviderSelection {

    private static final Duration LOOKED_AT_AGAIN = Duration.ofSeconds(15);

    private final Circuits circuits;
    private final ProviderLimits limits;
    private final Clock clock;

    ProviderSelection(Circuits circuits, ProviderLimits limits, Clock clock) {
        this.circuits = circuits;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * How many of these deliveries may start now. The rest is not claimed, and uses no attempt.
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

    /**
     * The route for a delivery. Demo deliveries get the mock. Null if every provider that could take it has an open
     * circuit, or has asked this delivery to wait. A delivery that already failed at a provider is not used as its
     * probe if another provider can take it.
     */
    @Nullable
    Route choose(Channel channel, LeasedDelivery leased) {
        if (ThrowawayTenant.is(leased.delivery().tenant())) {
            return channel.rehearsal();
        }
        var routes = channel.routes();
        int first = Math.max(0, index(channel, leased.provider()));
        var inTurn = IntStream.range(0, routes.size())
                .mapToObj(i -> routes.get((first + i) % routes.size()))
                .toList();
        var destination = destination(channel, leased.delivery());
        var now = clock.instant();
        var unbound = inTurn.stream()
                .filter(way -> !leased.waits().bind(way.provider(), now))
                .toList();
        var delivery = leased.delivery().id();
        var route = Stream.concat(
                        unbound.stream().filter(way -> !circuits.doubts(channel, way, destination, delivery)),
                        unbound.stream())
                .filter(way -> way.gateway().free() > 0
                        && limits.has(channel, way)
                        && circuits.pass(channel, way, destination, delivery))
                .findFirst();
        if (route.isEmpty() && unbound.size() < routes.size()) {
            return null;
        }
        return limits.taken(channel, route.orElse(routes.get(first))); // all have changed since it was claimed
    }

    /**
     * When a delivery without a free provider may be tried again: when the first wait is over, and soon, because a
     * circuit may close earlier.
     */
    Instant soonest(Channel channel, LeasedDelivery leased) {
        var soon = clock.instant().plus(LOOKED_AT_AGAIN);
        return leased.waits()
                .first(names(channel))
                .map(Map.Entry::getValue)
                .filter(soon::isAfter)
                .orElse(soon);
    }

    /** Of so many deliveries for a tenant's destination, how many may start now as far as its circuit goes. */
    int admits(Channel channel, String tenant, String destination, int wanted) {
        return channel.routes().stream()
                .mapToInt(route -> circuits.admits(channel, route, key(tenant, destination), wanted))
                .max()
                .orElse(0);
    }

    /** Learns from what came of it; from a demo nothing. */
    void ended(Channel channel, Route route, LeasedDelivery leased, DeliveryOutcome outcome) {
        if (!ThrowawayTenant.is(leased.delivery().tenant())) {
            circuits.ended(
                    channel,
                    route,
                    destination(channel, leased.delivery()),
                    leased.delivery().id(),
                    outcome);
        }
    }

    /** Whether a provider is being probed and nothing on its way will find out. */
    boolean probes(Channel channel) {
        return circuits.probes(channel);
    }

    /**
     * Which provider tries it next, and when. A delivery that may have gone out stays with its provider, because only
     * there a duplicate can be recognised. Otherwise the next provider in the ring that has not asked this delivery to
     * wait takes it, after the {@code pause} that a failure takes. If all have asked to wait, it is the one whose wait
     * ends first.
     *
     * @param waits who has asked it to wait by now
     * @param own   when the provider that was tried may be asked again
     */
    Next after(Channel channel, Route tried, RetryLater later, Waits waits, Instant own, Instant pause) {
        var routes = channel.routes();
        if (routes.size() == 1) {
            return new Next(null, own, Waits.NONE);
        }
        if (later.failure() == FailureKind.OUTCOME_UNKNOWN) {
            return new Next(tried.provider(), own, waits);
        }
        int place = index(channel, tried.provider());
        return IntStream.rangeClosed(1, routes.size())
                .mapToObj(i -> routes.get((place + i) % routes.size()).provider())
                .filter(provider -> !waits.bind(provider, pause))
                .findFirst()
                .map(provider -> new Next(provider, pause, waits))
                .orElseGet(() -> waits.first(names(channel))
                        .map(first -> new Next(first.getKey(), first.getValue(), waits))
                        .orElseThrow());
    }

    /**
     * Which provider tries a delivery next, and when.
     *
     * @param provider null for the channel's first choice
     */
    record Next(@Nullable String provider, Instant at, Waits waits) {}

    private static List<String> names(Channel channel) {
        return channel.routes().stream().map(Route::provider).toList();
    }

    private static @Nullable String destination(Channel channel, Delivery delivery) {
        return channel.hasDestinations() ? key(delivery.tenant(), channel.destination(delivery)) : null;
    }

    /** A host that two tenants share counts as two destinations: one tenant's trouble must not affect the other. */
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
