package dev.carillon.eventsourced.ruleset;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;

/** Who put a rule in force. */
@RegisterForReflection
public enum RuleOrigin {
    API,
    FILE;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RuleOrigin of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
