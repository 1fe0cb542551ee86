package dev.carillon.platform.http;

import dev.carillon.platform.settings.Bounded;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Limits on a request before its caller is known. */
@ConfigMapping(prefix = "carillon.http")
public interface HttpSettings {

    /** How long after its first byte a head must have arrived; later it is a 408. */
    @WithConverter(Bounded.Period.class)
    @WithDefault("PT10S")
    Duration headTimeout();

    /** How long after its head a body must have arrived; later it is a 408. */
    @WithConverter(Bounded.Period.class)
    @WithDefault("PT30S")
    Duration bodyTimeout();

    /** A connection without a request, or whose answer is not read, is closed after this time. */
    @WithConverter(Bounded.Period.class)
    @WithDefault("PT75S")
    Duration idleTimeout();

    /** How long requests in progress may take when the service stops. */
    @WithConverter(Bounded.Period.class)
    @WithDefault("PT10S")
    Duration stopTimeout();

    /**
     * How many connections there may be at once, half of them for one tenant; one for each 128 KiB of the heap unless
     * set.
     */
    Optional<@WithConverter(Bounded.TenOrMore.class) Integer> maxConnections();

    /**
     * How much memory the bodies of all requests may take at once, a quarter of it for callers without a key; a
     * sixteenth of the heap unless set.
     */
    Optional<MemorySize> bodiesInFlight();

    /** The largest body for a path, or for all paths below it if it ends in a slash; the longest match counts. */
    Map<String, MemorySize> bodyLimits();

    /** The paths whose answers may be large; a star stands for one path segment. */
    List<String> largeAnswers();

    /**
     * How many large answers are made at once, half of them for one tenant; one for each 64 MiB of the heap, at least
     * two, unless set.
     */
    Optional<@WithConverter(Bounded.Count.class) Integer> largeAnswersAtOnce();
}
