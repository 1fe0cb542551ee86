package dev.carillon.eventsourced.replay;

import com.fasterxml.jackson.annotation.JsonValue;

import java.util.Locale;

/** What has become of a replay. */
public enum ReplayState {
    RUNNING, DONE, CANCELLED, FAILED;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
