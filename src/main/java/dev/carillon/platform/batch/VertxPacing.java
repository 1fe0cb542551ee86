package dev.carillon.platform.batch;

import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Paces work on the event loop by a {@link BatchWindow}. It starts after a pause in the loop's next turn, so that what one request brings
 * goes together.
 */
@Startup // a wrong setting stops the start
@ApplicationScoped
class VertxPacing implements Pacing {

    /** Also the longest that an item waits which nobody follows. */
    private static final Duration QUIET = Duration.ofMillis(2);

    private final Vertx vertx;
    private final Duration interval;

    VertxPacing(
            Vertx vertx,
            @ConfigProperty(name = "carillon.batching.interval", defaultValue = "PT0.03S") Duration interval) {
        if (interval.isNegative() || interval.isZero()) {
            throw new ConfigurationException("carillon.batching.interval=" + interval + " is not above zero");
        }
        this.vertx = vertx;
        this.interval = interval;
    }

    @Override
    public Pace pace() {
        return new Paced(interval, QUIET);
    }

    @Override
    public Pace pace(Duration interval) {
        return new Paced(interval, interval);
    }

    private final class Paced implements Pace {

        private final BatchWindow window;
        private boolean asked;

        private Paced(Duration longest, Duration quiet) {
            this.window = new BatchWindow(longest.toNanos(), quiet.toNanos(), System.nanoTime());
        }

        @Override
        public void soon(Runnable work) {
            synchronized (this) {
                window.asked(System.nanoTime());
                if (asked) {
                    return;
                }
                asked = true;
            }
            vertx.runOnContext(turn -> beginOrWait(work));
        }

        private void beginOrWait(Runnable work) {
            synchronized (this) {
                var now = System.nanoTime();
                long wait = window.pauseAt(now);
                if (wait > 0) {
                    vertx.setTimer(millis(wait), timer -> beginOrWait(work));
                    return;
                }
                asked = false;
                window.started(now);
            }
            work.run();
        }

        private static long millis(long nanos) {
            return Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos + 500_000));
        }
    }
}
