package dev.carillon.notification.publishing;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;

/** Where a type's texts come from. */
@RegisterForReflection
public enum TemplateOrigin {
    API,
    FILE;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
