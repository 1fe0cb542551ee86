package dev.carillon.eventsourced.rule;

import java.util.Map;

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
