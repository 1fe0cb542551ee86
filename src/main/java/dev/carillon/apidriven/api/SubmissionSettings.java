package dev.carillon.apidriven.api;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits on one submitted notification. */
@ConfigMapping(prefix = "carillon.api.submission")
interface SubmissionSettings {

    /** How large a notification's context may be, as JSON. */
    @WithDefault("256K")
    MemorySize maxContext();
}
