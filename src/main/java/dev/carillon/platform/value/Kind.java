package dev.carillon.platform.value;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The kind of value a field holds. {@code type.yaml} names one for each variable, and event schemas for each field that
 * ends up in one ({@code x-kind}), so both doors accept the same values.
 */
public enum Kind {

    /** Text, the spaces around it left out. */
    STRING,
    /** What something is called by its owner: a short text. */
    ID,
    /** Any number, whole or not. */
    NUMBER,
    /** A number without a fraction; 3.0 is one. */
    INTEGER,
    /** How many, or the how manieth: an integer from 0. */
    COUNT,
    /** An amount of money: a number from 0, written with all its digits. */
    AMOUNT,
    /** A part of the whole: a number from 0 to 100. */
    PERCENT,
    /** Three letters, small or capital, as ISO 4217 has them; new ones need no new release. */
    CURRENCY,
    BOOLEAN,
    LIST,
    /** An ISO 8601 date, or date and time with an offset. */
    TIMESTAMP;

    /** The names of all kinds. */
    public static String words() {
        return Arrays.stream(values()).map(Kind::word).collect(Collectors.joining(", "));
    }

    /** By its name in files. */
    public static Optional<Kind> of(@Nullable String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
