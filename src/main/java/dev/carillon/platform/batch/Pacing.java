package dev.carillon.platform.batch;

import java.time.Duration;

/** Creates paces. */
@FunctionalInterface
public interface Pacing {

    Pace pace();

    /** One for work that shall begin less often. */
    default Pace pace(Duration interval) {
        return pace();
    }
}
