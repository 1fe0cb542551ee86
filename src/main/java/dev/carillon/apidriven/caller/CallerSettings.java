package dev.carillon.apidriven.caller;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/** Where door 2's domain teams find the notification API. */
@ConfigMapping(prefix = "carillon.caller")
public interface CallerSettings {

    /** Its base address; without one, this process itself. */
    Optional<URI> url();
}
