package dev.carillon.eventsourced.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * Data that is not a JSON object. It is stored and returned unchanged; rules cannot look into it.
 *
 * @param value  a JSON value that is no object, or the text of another media type
 * @param base64 bytes, where they are no text; without either it was null
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OpaqueData(@Nullable Object value, @Nullable String base64) {}
