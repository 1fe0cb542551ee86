package dev.carillon.platform.idempotency;

import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import jakarta.ws.rs.HeaderParam;
import java.util.Objects;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code Idempotency-Key} of a request. It is a string of RFC 8941 ({@code "k"}), and most clients send it
 * bare: both are the same key. Parameters are ignored.
 */
public record IdempotencyKey(
        @HeaderParam(IdempotencyKey.HEADER)
        @Parameter(
                description =
                        "Makes the request safe to repeat: the same key and content get the first answer again, for a day",
                example = "8e03978e-40d5-43dd-bc93-6894a57f9324")
        @Nullable
        String sent) {

    public static final String HEADER = "Idempotency-Key";

    private static final int MAX = 255;
    private static final String NONE = HEADER + " must have 1 to " + MAX + " printable ASCII characters";

    /** The text between the quotation marks, with backslash escapes; then parameters. */
    private static final Pattern STRING =
            Pattern.compile("\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\])*)\" *(?:; *[a-z*][a-z0-9_.*-]*(?:=[^;,]+)?)*");

    private static final Pattern ESCAPED = Pattern.compile("\\\\([\"\\\\])");

    /** The key that was sent; a 400 for what is none. */
    String checked() {
        var key = Objects.requireNonNull(sent).strip().startsWith("\"") ? unquoted(sent.strip()) : sent;
        if (key.isBlank() || key.length() > MAX || key.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new ProblemException(ProblemType.BAD_REQUEST, NONE);
        }
        return key;
    }

    private static String unquoted(String sent) {
        var string = STRING.matcher(sent);
        if (!string.matches()) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST, HEADER + " begins with a quotation mark and is no string of RFC 8941");
        }
        return ESCAPED.matcher(string.group(1)).replaceAll("$1");
    }
}
