package dev.carillon.notification.statistics;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;

/** The fields that counts can be grouped by. */
@RegisterForReflection
public enum Dimension {
    TYPE,
    CHANNEL,
    PROVIDER,
    REASON;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
