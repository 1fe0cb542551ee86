package dev.carillon.eventsourced.shelf;

import com.fasterxml.jackson.annotation.JsonValue;

import java.util.Locale;

/** Who put a rule in force. */
enum RuleOrigin {
    API, FILE;

    @JsonValue
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RuleOrigin of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
