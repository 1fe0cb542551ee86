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

    /** The type of a field of an event's data. */
    public sealed interface FieldShape {

        /** Anything: not checked. */
        record Any() implements FieldShape {}

        /** Text, including times. */
        record TextField() implements FieldShape {}

        /** A number without a fraction. */
        record Whole() implements FieldShape {}

        /** Any number: JSON writes 100 today for what is 99.5 tomorrow. */
        record Number() implements FieldShape {}

        /** True or false. */
        record Flag() implements FieldShape {}

        /** A type that also allows null. */
        record OrNull(FieldShape shape) implements FieldShape {}

        /** A list. */
        record ListOf(FieldShape items) implements FieldShape {}

        /** An object with these fields, and possibly others. */
        record ObjectOf(Map<String, FieldShape> fields) implements FieldShape {
            public ObjectOf {
                fields = Map.copyOf(fields);
            }
        }
    }
}
