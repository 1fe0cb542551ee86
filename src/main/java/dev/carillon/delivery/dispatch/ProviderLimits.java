package dev.carillon.delivery.dispatch;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.DeliverySettings;
import dev.carillon.delivery.Route;
import dev.carillon.platform.limit.Rate;
import dev.carillon.platform.limit.TokenBucket;
import dev.carillon.platform.limit.TokenBuckets;
import dev.carillon.platform.sql.PgFailures;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Limits how many messages a provider gets per second from all replicas together. */
@ApplicationScoped
class ProviderLimits {

    private static final Duration SOONEST = Duration.ofMillis(20);
    private static final Duration LATEST = Duration.ofSeconds(1); // then the sweep looks anyway

    private final DeliverySettings settings;
    private final TokenBuckets buckets;
    private final Map<String, Optional<TokenBucket>> limits = new ConcurrentHashMap<>();

    ProviderLimits(DeliverySettings settings, TokenBuckets buckets) {
        this.settings = settings;
        this.buckets = buckets;
    }

    /** How many of these messages the provider may get now. If more are possible later, {@code again} runs then. */
    int admits(Channel channel, Route route, int wanted, Runnable again) {
        var bucket = limit(channel, route);
        if (bucket.isEmpty()) {
            return wanted;
        }
        int here = bucket.get().available();
        if (here == 0) {
            refill(bucket.get(), again);
        }
        return Math.min(wanted, here);
    }

    /** Whether there is a limit. */
    boolean isSet(Channel channel, Route route) {
        return limit(channel, route).isPresent();
    }

    /** Counts one, also where there was none left. */
    Route taken(Channel channel, Route route) {
        limit(channel, route).ifPresent(TokenBucket::owe);
        return route;
    }

    private Optional<TokenBucket> limit(Channel channel, Route route) {
        return limits.computeIfAbsent(
                channel.name() + "/" + route.provider(),
                key -> Optional.ofNullable(settings.channels().get(channel.name()))
                        .map(of -> of.rateLimit().get(route.provider()))
                        .map(perSecond -> buckets.open("provider/" + key, Rate.of(perSecond))));
    }

    private static void refill(TokenBucket bucket, Runnable again) {
        bucket.refill()
                .chain(() -> bucket.available() > 0
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom().voidItem().onItem().delayIt().by(within(bucket.emptyFor())))
                .subscribe()
                .with(
                        refilled -> again.run(),
                        failure -> Log.warnf(
                                "provider's rate could not be read; the next sweep tries again: cause=%s",
                                PgFailures.nameOf(failure)));
    }

    private static Duration within(Duration wait) {
        return wait.compareTo(SOONEST) < 0 ? SOONEST : wait.compareTo(LATEST) > 0 ? LATEST : wait;
    }
}
