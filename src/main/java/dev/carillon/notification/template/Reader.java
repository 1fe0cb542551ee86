package dev.carillon.notification.template;

import dev.carillon.platform.value.Blank;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
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

    /** The known facts. A blank text counts as absent, so "Hi {customer.name ?: 'there'}" never greets nobody. */
    Map<String, Object> knownFacts() {
        return known(facts);
    }

    private static Map<String, Object> known(Map<?, ? extends @Nullable Object> facts) {
        Map<String, Object> known = new LinkedHashMap<>();
        facts.forEach((name, value) -> {
            if (!Blank.isAbsent(value)) {
                known.put(
                        String.valueOf(name),
                        value instanceof String text
                                ? Blank.stripped(text)
                                : value instanceof Map<?, ?> map ? known(map) : value);
            }
        });
        return known;
    }
}
