package dev.carillon.platform.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;

/** Limits on a request before its caller is known. */
@ConfigMapping(prefix = "carillon.http")
public interface HttpSettings {

    /** A head must be there so long after its first byte; later it is a 408. */
    @DurationMin(millis = 1)
    @WithDefault("PT10S")
    Duration headTimeout();

    /** A body must be there so long after its head; later it is a 408. */
    @DurationMin(millis = 1)
    @WithDefault("PT30S")
    Duration bodyTimeout();

    /** A connection on which nothing is asked, or whose answer is not taken, is closed after so long. */
    @DurationMin(millis = 1)
    @WithDefault("PT75S")
    Duration idleTimeout();

    /** When the service stops, what was asked is answered within this time. */
    @DurationMin(millis = 1)
    @WithDefault("PT10S")
    Duration stopTimeout();

    /** So many connections at once, half of them for one tenant; one for each 128 KiB of the heap unless set. */
    Optional<@Min(10) Integer> maxConnections();

    /** What the bodies of all requests may hold at once, a quarter of it for callers without a key; a sixteenth of the heap unless set. */
    Optional<MemorySize> bodiesInFlight();

    /** The largest body by the path it is sent to: that path, or all below where it ends in a slash; the longest that fits counts. */
    Map<String, MemorySize> bodyLimits();

    /** Which answers may be large: paths, in which a star stands for one step. */
    List<String> largeAnswers();

    /** So many of them are made at once, half of them for one tenant; one for each 64 MiB of the heap, two at least, unless set. */
    Optional<@Min(1) Integer> largeAnswersAtOnce();
}
