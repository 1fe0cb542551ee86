package dev.carillon.platform.value;

/** Finds unpaired surrogates: Java strings and JSON escapes can hold them, UTF-8 cannot. */
public final class Surrogates {

    private static final String REPLACEMENT = "\ufffd";

    private Surrogates() {}

    /** Whether a half stands alone somewhere. */
    public static boolean hasHalfAPair(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i)) && isHalf(text.codePointAt(i++))) {
                return true;
            }
        }
        return false;
    }

    /** The text with U+FFFD for each half that stands alone, so that it can be said. */
    public static String replaced(String text) {
        if (!hasHalfAPair(text)) {
            return text;
        }
        var whole = new StringBuilder(text.length());
        text.codePoints().forEach(c -> whole.append(isHalf(c) ? REPLACEMENT : Character.toString(c)));
        return whole.toString();
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
