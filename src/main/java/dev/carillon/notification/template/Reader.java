package dev.carillon.notification.template;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The reader a text is rendered for.
 *
 * @param locale the language, or the nearest that has templates
 * @param zone   the time zone of days and hours
 * @param facts  the facts about them, as plain values; templates see them as {@code customer}
 */
public record Reader(Locale locale, ZoneId zone, Map<String, ? extends @Nullable Object> facts) {

    /** By the clock of UTC. */
    static Reader of(Locale locale, Map<String, ? extends @Nullable Object> facts) {
        return new Reader(locale, ZoneOffset.UTC, facts);
    }
}
