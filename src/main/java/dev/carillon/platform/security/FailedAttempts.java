package dev.carillon.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.telemetry.OncePerMinute;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Limits wrong API keys by address: so many a minute, and so many at once, then 429. Valid keys are never limited. It
 * remembers a bounded number of addresses, those that failed last. It logs once a minute at most; the metric counts
 * every failure.
 */
@ApplicationScoped
class FailedAttempts {

    private static final int ADDRESSES = 10_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** @param left what may still fail; goes up with the time */
    private record FailureAllowance(double left, Instant asOf) {

        FailureAllowance at(Instant now, int perMinute) {
            var since = Math.max(0, Duration.between(asOf, now).toMillis());
            return new FailureAllowance(
                    Math.min(perMinute, left + (double) since * perMinute / MINUTE.toMillis()), now);
        }

        FailureAllowance less() {
            return new FailureAllowance(left - 1, asOf);
        }
    }

    private final int perMinute;
    private final Clock clock;
    private final MeterRegistry meters;
    private final OncePerMinute warning;
    private final Cache<String, FailureAllowance> byAddress = Caffeine.newBuilder()
            .maximumSize(ADDRESSES)
            .expireAfterWrite(MINUTE)
            .build();

    @Inject
    FailedAttempts(SecuritySettings settings, Clock clock, MeterRegistry meters) {
        this(settings.failuresPerMinute(), clock, meters);
    }

    FailedAttempts(int perMinute, Clock clock, MeterRegistry meters) {
        this.perMinute = perMinute;
        this.clock = clock;
        this.meters = meters;
        this.warning = new OncePerMinute(clock);
    }

    /** Counts a request with a wrong key, and says how it is refused: as usual, or with 429 after too many. */
    RuntimeException refusal(@Nullable SocketAddress peer, RuntimeException usual) {
        return another(PeerAddress.of(peer))
                .<RuntimeException>map(wait ->
                        new ProblemException(Problem.tooMany("Too many wrong keys came from this address", wait)))
                .orElse(usual);
    }

    /** Counts another one. How long to wait, when these were too many; empty when not yet. */
    Optional<Duration> another(String address) {
        var wait = new Duration[1];
        byAddress.asMap().compute(address, (same, before) -> {
            var now = now(before);
            wait[0] = now.left() < 1 ? untilOne(now) : null;
            return now.left() < 1 ? now : now.less();
        });
        count(wait[0] == null ? "refused" : "throttled");
        if (wait[0] != null && isToBeSaid()) {
            Log.warn(
                    "too many wrong keys from one address; it gets 429 for now; carillon_authentication_failures_total counts them");
        }
        return Optional.ofNullable(wait[0]);
    }

    /** Once a minute. */
    boolean isToBeSaid() {
        return warning.isDue();
    }

    private void count(String outcome) {
        Counter.builder("carillon.authentication.failures")
                .description("Requests with a wrong key: refused, or throttled with 429")
                .tag("outcome", outcome)
                .register(meters)
                .increment();
    }

    private FailureAllowance now(@Nullable FailureAllowance before) {
        var now = clock.instant();
        return before == null ? new FailureAllowance(perMinute, now) : before.at(now, perMinute);
    }

    private Duration untilOne(FailureAllowance now) {
        return Duration.ofMillis((long) Math.ceil((1 - now.left()) * MINUTE.toMillis() / perMinute));
    }
}
