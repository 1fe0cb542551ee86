package dev.carillon.notification;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How urgent a notification is, most urgent first; its ordinal is the outbox lane. */
public enum Priority {
    HIGH,
    NORMAL,
    LOW;

    /** By its written form, in lower case. */
    public static Optional<Priority> named(String written) {
        return Arrays.stream(values())
                .filter(priority -> priority.name().toLowerCase(Locale.ROOT).equals(written))
                .findFirst();
    }
}
