package dev.carillon.testing;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The clock of plain tests and of the application under test: runs on real time until a test bends it, and again from
 * the moment {@link Bent} is closed. One bend at a time: all tests share the application.
 */
@ApplicationScoped
public class SettableClock extends Clock {

    /** What the clock adds to real time, or where it stands. */
    private record Bend(Duration ahead, @Nullable Instant stoppedAt) {}

    private static final Bend REAL = new Bend(Duration.ZERO, null);

    private final AtomicReference<Bend> bend = new AtomicReference<>(REAL);

    /** Straightens the clock when closed: to be used in {@code try (…)}. */
    @FunctionalInterface
    public interface Bent extends AutoCloseable {

        @Override
        void close();
    }

    /** Stands still at the present time until it is advanced. */
    public Bent stop() {
        return stopAt(Clock.systemUTC().instant());
    }

    /** Stands still at {@code time} until it is advanced. */
    public Bent stopAt(Instant time) {
        return bendTo(new Bend(Duration.ZERO, time));
    }

    /** Runs on, {@code duration} ahead of real time. */
    public Bent ahead(Duration duration) {
        return bendTo(new Bend(duration, null));
    }

    /** Moves a bent clock on; a negative duration moves it back. */
    public void advance(Duration duration) {
        bend.updateAndGet(now -> {
            if (now == REAL) {
                throw new IllegalStateException(
                        "stop the clock or set it ahead first, so that it is straightened afterwards");
            }
            return now.stoppedAt() == null
                    ? new Bend(now.ahead().plus(duration), null)
                    : new Bend(Duration.ZERO, now.stoppedAt().plus(duration));
        });
    }

    @Override
    public Instant instant() {
        var now = bend.get();
        return now.stoppedAt() != null
                ? now.stoppedAt()
                : Clock.systemUTC().instant().plus(now.ahead());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        var here = this;
        return new Clock() {

            @Override
            public Instant instant() {
                return here.instant();
            }

            @Override
            public ZoneId getZone() {
                return zone;
            }

            @Override
            public Clock withZone(ZoneId other) {
                return here.withZone(other);
            }
        };
    }

    private Bent bendTo(Bend to) {
        if (!bend.compareAndSet(REAL, to)) {
            throw new IllegalStateException("the clock is bent already");
        }
        return () -> bend.set(REAL);
    }
}
