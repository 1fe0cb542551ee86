package dev.carillon.notification.statistics;

import com.fasterxml.jackson.annotation.JsonValue;

import java.util.Locale;

/** What counts may be told apart by. */
public enum Dimension {
    TYPE, CHANNEL, PROVIDER, REASON;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
