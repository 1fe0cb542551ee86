package dev.carillon.notification.template;

import org.jspecify.annotations.Nullable;

/**
 * One value a template needs.
 *
 * @param required whether there is no message without it; a blank string counts as none
 * @param example a value of the right kind; every template is rendered with it at start
 */
public record Variable(Kind kind, boolean required, @Nullable Object example, String description) {

    /** What a variable may hold, in the words of {@code type.yaml}. */
    public enum Kind {
        STRING,
        /** Any number, whole or not. */
        NUMBER,
        /** A number without a fraction; 3.0 is one. */
        INTEGER,
        BOOLEAN,
        LIST,
        /** An ISO 8601 date, or date and time with an offset. */
        TIMESTAMP
    }
}
