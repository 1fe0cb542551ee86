package dev.carillon.delivery.httpclient;

import io.netty.handler.codec.DateFormatter;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** Reads how long a server asks us to wait (RFC 9110, 10.2.3): seconds, or a date in one of HTTP's three forms. */
public final class RetryAfter {

    private static final Duration LONGEST = Duration.ofDays(365);

    private RetryAfter() {}

    /** Null for nothing and for what is neither. */
    public static @Nullable Duration of(@Nullable String header, Instant now) {
        if (header == null || header.isBlank()) {
            return null;
        }
        var value = header.trim();
        if (value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return value.length() > 8 ? LONGEST : bounded(Duration.ofSeconds(Long.parseLong(value)));
        }
        Date date = value.length() > 64 ? null : DateFormatter.parseHttpDate(value);
        return date == null ? null : bounded(Duration.between(now, date.toInstant()));
    }

    private static Duration bounded(Duration asked) {
        return asked.isNegative() ? Duration.ZERO : asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }
}
