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
import dev.carillon.delivery.dispatch.ProviderSelection.ProviderChoice.NotBefore;
import dev.carillon.delivery.dispatch.ProviderSelection.ProviderChoice.Through;
import dev.carillon.delivery.outbox.DestinationKey;
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
 * Selects the provider for a delivery, and says how many deliveries may start. It is the first choice, unless its
 * circuit is open or an earlier attempt has failed there. A provider that works and is busy, or at its rate limit, is
 * waited for: only a failure moves a delivery to the next one.
 */
@ApplicationScoped
class ProviderSelection {

    private static final Duration LOOKED_AT_AGAIN = Duration.ofSeconds(15);
    private static final Duration BUSY = Duration.ofSeconds(1);

    private final Circuits circuits;
    private final ProviderLimits limits;
    private final Clock clock;

    ProviderSelection(Circuits circuits, ProviderLimits limits, Clock clock) {
        this.circuits = circuits;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Of so many deliveries, how many may start now: what may not is not claimed, and burns no attempt.
     *
     * @param again run when more may start than now
     */
    int admits(Channel channel, int wanted, Runnable again) {
        int admitted = 0;
        for (var route : channel.routes()) {
            int left = wanted - admitted;
            int let = circuits.admits(channel, route, null, left);
            int free = Math.max(0, Math.min(let, route.gateway().free()));
            admitted += free == 0 ? 0 : limits.admits(channel, route, free, again);
            if (let >= left) {
                return admitted; // it works: what it cannot take now waits for it
            }
        }
        return admitted;
    }

    /**
     * How many may start beside those that are claimed: none while a circuit is open or being probed, where a provider
     * has a limit, and on channels with destinations. All of that is the claim's business.
     */
    int admitsUnclaimed(Channel channel) {
        var routes = channel.routes();
        boolean unlimited = !channel.hasDestinations()
                && routes.stream()
                        .allMatch(route ->
                                !limits.isSet(channel, route) && circuits.admits(channel, route, null, 2) == 2);
        return unlimited ? routes.get(0).gateway().free() : 0;
    }

    /** Who tries a delivery now, or when it is looked at again. */
    sealed interface ProviderChoice {

        record Through(Route route) implements ProviderChoice {}

        record NotBefore(Instant at) implements ProviderChoice {}
    }

    /**
     * The provider that tries it; for a demo one that reaches nobody. It has to wait when the provider has asked this
     * delivery to wait, and no other can send it, or when the provider has no connection free. A delivery that failed at
     * a provider is no probe of it while another can send it.
     */
    ProviderChoice choose(Channel channel, LeasedDelivery leased) {
        if (ThrowawayTenant.is(leased.delivery().tenant())) {
            return new Through(channel.backtestRoute());
        }
        var routes = channel.routes();
        if (routes.size() == 1 && leased.waits().until().isEmpty()) {
            return onlyChoice(channel, routes.get(0), leased);
        }
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
        var candidates = Stream.concat(
                        unbound.stream().filter(way -> !circuits.doubts(channel, way, destination, delivery)),
                        unbound.stream())
                .toList();
        for (var way : candidates) {
            if (isWaitedFor(channel, way, destination)) {
                return new NotBefore(now.plus(BUSY));
            }
            if (!isBusy(way) && circuits.pass(channel, way, destination, delivery)) {
                return new Through(limits.taken(channel, way));
            }
        }
        return unbound.size() < routes.size()
                ? new NotBefore(firstWaitOver(channel, leased, now))
                : new Through(limits.taken(channel, routes.get(first))); // all have changed since it was claimed
    }

    /** Nobody else can send it: it goes there, unless it would have to wait for a connection. */
    private ProviderChoice onlyChoice(Channel channel, Route route, LeasedDelivery leased) {
        var destination = destination(channel, leased.delivery());
        if (isWaitedFor(channel, route, destination)) {
            return new NotBefore(clock.instant().plus(BUSY));
        }
        if (!isBusy(route)) {
            circuits.pass(channel, route, destination, leased.delivery().id());
        }
        return new Through(limits.taken(channel, route));
    }

    /** When the first wait is over, and soon in any case, because an open circuit may close before. */
    private static Instant firstWaitOver(Channel channel, LeasedDelivery leased, Instant now) {
        var soon = now.plus(LOOKED_AT_AGAIN);
        return leased.waits()
                .first(names(channel))
                .map(Map.Entry::getValue)
                .filter(soon::isAfter)
                .orElse(soon);
    }

    /** Of so many deliveries for a tenant's destination, how many may start now as far as its circuit goes. */
    int admits(Channel channel, DestinationKey destination, int wanted) {
        return channel.routes().stream()
                .mapToInt(route ->
                        circuits.admits(channel, route, key(destination.tenant(), destination.destination()), wanted))
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
     * Who tries it after this, and when. What may have gone out stays where it was tried, for only there it can be recognised. Else it is the
     * next provider, in a circle, that has not asked this delivery to wait, after the {@code pause} that a failure takes; where all have, it is
     * the one whose wait is over first.
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
     * Who tries a delivery next, and when.
     *
     * @param provider null for the channel's first choice
     */
    record Next(@Nullable String provider, Instant at, Waits waits) {}

    /** It is busy, and its circuit closed; a half-open one lets one delivery through, and that right must not be lost. */
    private boolean isWaitedFor(Channel channel, Route route, @Nullable String destination) {
        return isBusy(route) && circuits.admits(channel, route, destination, 2) == 2;
    }

    private static boolean isBusy(Route route) {
        return route.gateway().free() <= 0;
    }

    private static List<String> names(Channel channel) {
        return channel.routes().stream().map(Route::provider).toList();
    }

    private static @Nullable String destination(Channel channel, Delivery delivery) {
        return channel.hasDestinations() ? key(delivery.tenant(), channel.destination(delivery)) : null;
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
