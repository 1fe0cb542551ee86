package dev.carillon.eventsourced.replay;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;

/** The state of a replay. */
@RegisterForReflection
public enum ReplayState {
    RUNNING,
    DONE,
    CANCELLED,
    FAILED;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
