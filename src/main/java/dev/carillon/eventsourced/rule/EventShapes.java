package dev.carillon.eventsourced.rule;

import java.util.Map;
import java.util.Optional;

/**
 * The known fields of event types, so that expressions can be checked before any event comes.
 *
 * @param byType the fields of an event's data, by event type; a type that is not in it is not checked
 */
public record EventShapes(Map<String, Map<String, FieldShape>> byType) {

    /** Nothing is known, nothing is checked. */
    public static final EventShapes NONE = new EventShapes(Map.of());

    public EventShapes {
        byType = Map.copyOf(byType);
    }

    Optional<Map<String, FieldShape>> of(String type) {
        return Optional.ofNullable(byType.get(type));
    }
}
