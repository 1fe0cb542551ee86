package dev.carillon.notification.template;

import java.time.ZoneId;
import java.util.Locale;

/**
 * The language and time zone in which amounts and times are written.
 *
 * @param zone where a point in time becomes a day and an hour
 */
record TextStyle(Locale locale, ZoneId zone) {

    /**
     * Replaces special spaces and signs by plain ones. No-break spaces and a minus sign are not in the alphabet of text
     * messages, and would halve their length.
     */
    static String plain(String written) {
        return written.replace('\u00a0', ' ')
                .replace('\u202f', ' ')
                .replace('\u2009', ' ')
                .replace('\u2212', '-');
    }
}
