package dev.carillon.apidriven.api;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long a caller will wait for the result: {@code Prefer: wait=5} (RFC 7240). Anything not understood is ignored.
 */
final class PreferWait {

    /** The header's name. */
    static final String HEADER = "Prefer";
    /** The header that says which preference was applied. */
    static final String APPLIED = "Preference-Applied";
    /** The longest wait. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Pattern WAIT = Pattern.compile("wait\\s*=\\s*\"?(\\d{1,6})\"?", Pattern.CASE_INSENSITIVE);

    private PreferWait() {}

    static Optional<Duration> of(@Nullable String header) {
        return header == null
                ? Optional.empty()
                : Arrays.stream(header.split("[,;]"))
                        .map(String::strip)
                        .map(WAIT::matcher)
                        .filter(Matcher::matches)
                        .findFirst()
                        .map(wait -> Duration.ofSeconds(Long.parseLong(wait.group(1))))
                        .map(wait -> wait.compareTo(LONGEST) < 0 ? wait : LONGEST);
    }
}
