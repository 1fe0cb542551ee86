package dev.carillon.platform.address;

import dev.carillon.platform.text.Blank;

import java.util.stream.Collectors;

/** What comes along when an address is copied from a page or a chat, and nobody sees: marks of direction, joiners, the byte order mark. */
final class Invisible {

    private Invisible() {
    }

    /** Without them, and without the spaces around. */
    static String dropped(String text) {
        var seen = text.codePoints().filter(c -> Character.getType(c) != Character.FORMAT).mapToObj(Character::toString).collect(Collectors.joining());
        return Blank.stripped(seen, Invisible::isSpace);
    }

    /** Also the no-break ones; line breaks are no spaces: they are refused and not mended. */
    static boolean isSpace(int c) {
        return Character.isSpaceChar(c) && c != '\u2028' && c != '\u2029' || c == '\t';
    }
}
