package dev.carillon.platform.http;

import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Refuses control characters in path and query. No id has one, and no column could store the worst of them. */
final class PathCheck {

    private static final String CONTROLS = "The path and the query must hold no control characters";

    private PathCheck() {}

    /** Null where nothing is wrong. */
    static @Nullable Problem refusal(String uri) {
        if (uri.chars().allMatch(PathCheck::isPlain)) {
            return null;
        }
        var query = uri.indexOf('?');
        var inPath = fault(query < 0 ? uri : uri.substring(0, query));
        if (CONTROLS.equals(inPath)) {
            return Problem.of(ProblemType.NOT_FOUND, inPath); // nothing is called so
        }
        var why = inPath != null || query < 0 ? inPath : fault(uri.substring(query));
        return why == null ? null : Problem.of(ProblemType.BAD_REQUEST, why);
    }

    /** Nearly every address is made of such characters, and nothing can be wrong with it. */
    private static boolean isPlain(int c) {
        return c >= ' ' && c < 0x7f && c != '%';
    }

    private static @Nullable String fault(String uri) {
        var bytes = new ByteArrayOutputStream(uri.length());
        for (int i = 0; i < uri.length(); i++) {
            if (uri.charAt(i) > 0x7f) {
                return "What is not ASCII must be percent-encoded in the path and the query";
            } else if (uri.charAt(i) != '%') {
                bytes.write(uri.charAt(i));
            } else if (i + 2 < uri.length() && hex(uri, i + 1) >= 0 && hex(uri, i + 2) >= 0) {
                bytes.write(hex(uri, i + 1) * 16 + hex(uri, i + 2));
                i += 2;
            } else {
                return "A % in the path or the query must be followed by two hexadecimal digits";
            }
        }
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
            return text.chars().anyMatch(Character::isISOControl) ? CONTROLS : null;
        } catch (CharacterCodingException e) {
            return "The path and the query must be UTF-8";
        }
    }

    private static int hex(String uri, int at) {
        return uri.charAt(at) < 128 ? Character.digit(uri.charAt(at), 16) : -1;
    }
}
