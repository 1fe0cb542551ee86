package dev.carillon.notification.overview;

import dev.carillon.delivery.DeliverySettings;
import dev.carillon.delivery.dispatch.DispatchSettings;
import dev.carillon.notification.overview.OverviewView.Limits;
import dev.carillon.notification.overview.OverviewView.Limits.OfCaller;
import dev.carillon.notification.overview.OverviewView.Limits.OfProvider;
import dev.carillon.notification.overview.OverviewView.Limits.OfRecipient;
import dev.carillon.platform.limit.CallerLimitSettings;
import dev.carillon.platform.limit.Rate;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The limits that are set. */
@ApplicationScoped
class LimitsInForce {

    private final DeliverySettings delivery;
    private final DispatchSettings dispatch;
    private final CallerLimitSettings callers;

    LimitsInForce(DeliverySettings delivery, DispatchSettings dispatch, CallerLimitSettings callers) {
        this.delivery = delivery;
        this.dispatch = dispatch;
        this.callers = callers;
    }

    /** @param concerned the channels whose providers are shown */
    Limits of(Predicate<String> concerned) {
        var channels = new TreeMap<>(delivery.channels());
        return new Limits(
                channels.entrySet().stream()
                        .filter(one -> concerned.test(one.getKey()))
                        .flatMap(one -> new TreeMap<>(one.getValue().rateLimit())
                                .entrySet().stream()
                                        .map(limit -> new OfProvider(one.getKey(), limit.getKey(), limit.getValue())))
                        .toList(),
                channels.entrySet().stream()
                        .flatMap(one -> one.getValue().recipientLimit().messages().stream()
                                .flatMap(most -> Stream.of(new OfRecipient(
                                        one.getKey(),
                                        most,
                                        one.getValue().recipientLimit().per().toSeconds()))))
                        .toList(),
                callers.perSecond()
                        .map(perSecond -> new OfCaller(
                                perSecond,
                                callers.burst().orElse(Rate.of(perSecond).burst())))
                        .orElse(null),
                dispatch.concurrency(),
                dispatch.perDestination());
    }
}
