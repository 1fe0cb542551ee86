package dev.carillon.platform.idempotency;

import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import java.util.regex.Pattern;

/**
 * Parses {@code Idempotency-Key}. The header is a string of RFC 8941 ({@code "k"}), and most clients send it bare: both
 * are the same key. Parameters are ignored.
 */
public final class IdempotencyKeys {

    private static final int MAX = 255;
    private static final String NONE = Idempotency.KEY + " must have 1 to " + MAX + " printable ASCII characters";

    /** The text between the quotation marks, with backslash escapes; then parameters. */
    private static final Pattern STRING =
            Pattern.compile("\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\])*)\" *(?:; *[a-z*][a-z0-9_.*-]*(?:=[^;,]+)?)*");

    private static final Pattern ESCAPED = Pattern.compile("\\\\([\"\\\\])");

    private IdempotencyKeys() {}

    /** The key that was sent; a 400 for what is none. */
    public static String checked(String sent) {
        var key = sent.strip().startsWith("\"") ? unquoted(sent.strip()) : sent;
        if (key.isBlank() || key.length() > MAX || key.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new ProblemException(ProblemType.BAD_REQUEST, NONE);
        }
        return key;
    }

    private static String unquoted(String sent) {
        var string = STRING.matcher(sent);
        if (!string.matches()) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST,
                    Idempotency.KEY + " begins with a quotation mark and is no string of RFC 8941");
        }
        return ESCAPED.matcher(string.group(1)).replaceAll("$1");
    }
}
