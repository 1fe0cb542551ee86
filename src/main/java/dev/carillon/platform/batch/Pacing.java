package dev.carillon.platform.batch;

import java.time.Duration;

/** Creates paces. */
@FunctionalInterface
public interface Pacing {

    Pace pace();

    /** A pace with a longer interval. */
    default Pace pace(Duration interval) {
        return pace();
    }
}
