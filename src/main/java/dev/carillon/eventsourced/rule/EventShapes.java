package dev.carillon.eventsourced.rule;

import java.util.Map;
import java.util.Optional;

/**
 * What is known of the data of event types, so that expressions about it can be checked before an event comes.
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
