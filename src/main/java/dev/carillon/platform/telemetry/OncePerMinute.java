package dev.carillon.platform.telemetry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** Limits a log line that anybody can cause any number of times; a metric counts what is not logged. */
public final class OncePerMinute {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Clock clock;
    private final AtomicReference<Instant> last = new AtomicReference<>(Instant.EPOCH);

    public OncePerMinute(Clock clock) {
        this.clock = clock;
    }

    /** Whether to log now; true once a minute. */
    public boolean isDue() {
        var now = clock.instant();
        var before = last.get();
        return !now.isBefore(before.plus(MINUTE)) && last.compareAndSet(before, now);
    }
}
