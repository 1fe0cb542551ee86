package dev.carillon.platform.value;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import java.util.function.Function;

/**
 * A point in time as callers send it: ISO 8601 with an offset, or a day where that is enough. Surrounding spaces are
 * ignored. Years run from 1 to 9999.
 */
public final class SentTime {

    /** The error text for an invalid time. */
    public static final String FORM = "must be an ISO 8601 date and time with offset, such as 2025-10-31T19:00:00Z";

    /** The error text for an invalid day or time. */
    public static final String DAY_OR_TIME = "must be an ISO 8601 date, or date and time with an offset";

    private static final int LENGTH_OF_DAY = "2025-10-31".length();
    private static final int LAST_YEAR = 9999;

    private SentTime() {}

    /** Empty when it has not the {@link #FORM}. */
    public static Optional<Instant> parse(String text) {
        return read(text, OffsetDateTime::parse).map(OffsetDateTime::toInstant);
    }

    /** A {@link LocalDate} or an {@link OffsetDateTime}; empty for what is neither. */
    public static Optional<TemporalAccessor> dayOrTime(String text) {
        return Blank.stripped(text).length() > LENGTH_OF_DAY
                ? read(text, OffsetDateTime::parse).map(Function.identity())
                : read(text, LocalDate::parse).map(Function.identity());
    }

    private static <T extends TemporalAccessor> Optional<T> read(String text, Function<String, T> form) {
        try {
            return Optional.of(form.apply(Blank.stripped(text)))
                    .filter(time -> time.get(ChronoField.YEAR) >= 1 && time.get(ChronoField.YEAR) <= LAST_YEAR);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
