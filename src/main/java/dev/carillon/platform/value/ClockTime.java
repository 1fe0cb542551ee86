package dev.carillon.platform.value;

/** A time of day, to the minute. */
public final class ClockTime {

    /** Regular expression of what one looks like. */
    public static final String PATTERN = "([01][0-9]|2[0-3]):[0-5][0-9]";

    /** The error text for an invalid time of day. */
    public static final String FORM = "must be a time like 22:00";

    private ClockTime() {}
}
