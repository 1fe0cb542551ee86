package dev.carillon.platform.value;

import java.util.stream.Collectors;

/**
 * Removes invisible characters that come along when an address or a word is copied from a page or a chat: direction
 * marks, joiners, the byte order mark.
 */
public final class Invisible {

    private Invisible() {}

    /** Without them, and without the spaces around. */
    public static String dropped(String text) {
        var seen = text.codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        return Blank.stripped(seen, Invisible::isSpace);
    }

    /** Also no-break spaces. Line breaks are no spaces: they are refused, not repaired. */
    public static boolean isSpace(int c) {
        return Character.isSpaceChar(c) && c != '\u2028' && c != '\u2029' || c == '\t';
    }
}
