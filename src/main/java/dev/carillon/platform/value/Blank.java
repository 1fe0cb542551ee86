package dev.carillon.platform.value;

import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Recognises text that shows nothing: spaces of any kind, control and format characters, and invisible letters. */
public final class Blank {

    /** Unicode calls them letters, marks or symbols, and they fill a place with nothing. */
    private static final Set<Integer> FILLERS = Set.of(0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2800, 0x3164, 0xffa0);

    /** Shows nothing but does not count as blank: it cannot be stored, so its sender must get an error. */
    private static final int NUL = 0;

    private Blank() {}

    /** Whether the text shows nothing. */
    public static boolean is(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            int c = Character.codePointAt(text, i);
            if (!showsNothing(c)) {
                return false;
            }
            i += Character.charCount(c) - 1;
        }
        return true;
    }

    /** Whether nothing is said: null, or a text that shows nothing. */
    public static boolean isAbsent(@Nullable Object value) {
        return value == null || value instanceof CharSequence text && is(text);
    }

    /** The text; null if it shows nothing. */
    public static @Nullable String toNull(@Nullable String text) {
        return isAbsent(text) ? null : text;
    }

    /** The text without the spaces around it, whichever kind they are of. */
    public static String stripped(String text) {
        return stripped(text, Blank::isSpace);
    }

    /** The text without what counts as a space around it. */
    public static String stripped(String text, IntPredicate space) {
        int start = 0;
        int end = text.length();
        while (start < end && space.test(text.charAt(start))) {
            start++;
        }
        while (end > start && space.test(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean showsNothing(int c) {
        int type = Character.getType(c);
        return isSpace(c)
                || type == Character.CONTROL && c != NUL
                || type == Character.FORMAT
                || FILLERS.contains(c)
                || isVariationSelector(c);
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x200b || c == 0x2060 || c == 0xfeff;
    }

    private static boolean isVariationSelector(int c) {
        return c >= 0xfe00 && c <= 0xfe0f || c >= 0x180b && c <= 0x180f || c >= 0xe0100 && c <= 0xe01ef;
    }
}
