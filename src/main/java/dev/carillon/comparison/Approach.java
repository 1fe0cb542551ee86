package dev.carillon.comparison;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** The door a scenario runs through. */
@RegisterForReflection
public enum Approach {
    EVENT_SOURCED("event-sourced"),
    API_DRIVEN("api-driven");

    private final String wire;

    Approach(String wire) {
        this.wire = wire;
    }

    @JsonValue
    public String wire() {
        return wire;
    }
}
