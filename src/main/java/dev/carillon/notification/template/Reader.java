package dev.carillon.notification.template;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The reader a text is rendered for.
 *
 * @param locale in which language, or the nearest there are words in
 * @param zone   by whose clock days and hours are told
 * @param facts  what is known of them, as plain values; words see it as {@code customer}
 */
public record Reader(Locale locale, ZoneId zone, Map<String, ? extends @Nullable Object> facts) {

    /** By the clock of UTC. */
    static Reader of(Locale locale, Map<String, ? extends @Nullable Object> facts) {
        return new Reader(locale, ZoneOffset.UTC, facts);
    }
}
