package dev.carillon.eventsourced.rule;

import java.util.Map;

/** What a field of an event's data may hold. */
public sealed interface FieldShape {

    /** Anything: not checked. */
    record Any() implements FieldShape {}

    /** Text; times are text, too. */
    record TextField() implements FieldShape {}

    /** A number without a fraction. */
    record Whole() implements FieldShape {}

    /** Any number: JSON writes 100 for what is 99.5 tomorrow. */
    record Number() implements FieldShape {}

    /** True or false. */
    record Flag() implements FieldShape {}

    /** The same, or null. */
    record OrNull(FieldShape shape) implements FieldShape {}

    /** A list. */
    record ListOf(FieldShape items) implements FieldShape {}

    /** An object of these fields, and perhaps of others. */
    record ObjectOf(Map<String, FieldShape> fields) implements FieldShape {
        public ObjectOf {
            fields = Map.copyOf(fields);
        }
    }
}
