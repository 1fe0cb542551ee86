package dev.carillon.notification.template;

import java.time.ZoneId;
import java.util.Locale;

/**
 * The language and time zone in which amounts and times are written.
 *
 * @param zone where a point in time becomes a day and an hour
 */
record Customs(Locale locale, ZoneId zone) {

    /**
     * With plain spaces and signs. The ones that do not break, and a minus of its own, cost half the length of a text message, because
     * they are not in its alphabet.
     */
    static String plain(String written) {
        return written.replace('\u00a0', ' ')
                .replace('\u202f', ' ')
                .replace('\u2009', ' ')
                .replace('\u2212', '-');
    }
}
