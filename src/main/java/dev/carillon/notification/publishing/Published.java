package dev.carillon.notification.publishing;

import dev.carillon.notification.template.TypeText;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A version of a type's texts that is or was published.
 *
 * @param number counts the versions of the type, from 1
 * @param by     the key that published it
 */
record Published(TypeText text, int number, Instant at, String by) {

    private static final Pattern NAME = Pattern.compile("v([1-9][0-9]{0,8})");

    String type() {
        return text.type();
    }

    /** {@code v3}, which no file's version is. */
    String version() {
        return name(number);
    }

    static String name(int number) {
        return "v" + number;
    }

    static OptionalInt number(String version) {
        var matcher = NAME.matcher(version);
        return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }
}
