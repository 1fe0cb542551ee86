package dev.carillon.comparison;

import com.fasterxml.jackson.annotation.JsonValue;

/** Which door a story is told through. */
enum Approach {

    EVENT_SOURCED("event-sourced"), API_DRIVEN("api-driven");

    private final String wire;

    Approach(String wire) {
        this.wire = wire;
    }

    @JsonValue
    String wire() {
        return wire;
    }
}
