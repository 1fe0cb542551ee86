package dev.carillon.apidriven.caller;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/** Where door 2's domain teams find the notification API. */
@ConfigMapping(prefix = "carillon.caller")
public interface CallerSettings {

    /** The base URL of the notification API; this process itself unless set. */
    Optional<URI> url();
}
