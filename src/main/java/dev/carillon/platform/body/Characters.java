package dev.carillon.platform.body;

import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemType;
import io.netty.handler.codec.http.HttpUtil;
import io.vertx.core.buffer.Buffer;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a text body is valid in its declared charset or in UTF-8: readers would silently replace invalid bytes.
 * Forms are checked after decoding. Bodies that are not text are not checked, nor is {@code text/plain} without a
 * charset: an event keeps its bytes.
 */
public final class Characters {

    private static final Set<String> TEXT = Set.of("json", "yaml", "x-yaml", "x-www-form-urlencoded");
    private static final Set<String> SUFFIXES = Set.of("+json", "+yaml");
    private static final int AT_ONCE = 8 * 1024;

    private Characters() {}

    /** A JSON body as UTF-8, which is how JSON is read (RFC 8259); as it came where it is no JSON, or not what it declares: that is refused where bodies are checked. */
    public static Buffer jsonAsUtf8(@Nullable String type, Buffer body) {
        if (type == null || !isJsonType(type)) {
            return body;
        }
        var charset = HttpUtil.getCharset(type, StandardCharsets.UTF_8);
        if (charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII)) {
            return body;
        }
        try {
            var text = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body.getBytes()));
            return Buffer.buffer(text.toString());
        } catch (CharacterCodingException malformed) {
            return body;
        }
    }

    private static boolean isJsonType(String type) {
        var mime = HttpUtil.getMimeType(type);
        return mime != null && isJson(mime.toString().substring(mime.toString().indexOf('/') + 1));
    }

    /** What is wrong with it. */
    static Optional<Problem> problem(MediaType type, byte[] body) {
        if (!isText(type)) {
            return Optional.empty();
        }
        var named = type.getParameters()
                .getOrDefault(MediaType.CHARSET_PARAMETER, "UTF-8")
                .replace("\"", "")
                .strip();
        try {
            var declared = Charset.forName(named);
            var charset =
                    isJson(type.getSubtype()) ? StandardCharsets.UTF_8 : declared; // JSON was converted as it came in
            if (isForm(type)) {
                return fault(unescaped(body), charset).isPresent() ? Optional.of(notIn(charset, "")) : Optional.empty();
            }
            var fault = fault(body, charset);
            return fault.isPresent()
                    ? Optional.of(notIn(charset, ": no character begins at byte " + fault.getAsInt()))
                    : Optional.empty();
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Optional.of(Problem.of(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "The charset of the body is not known here; send UTF-8"));
        }
    }

    private static Problem notIn(Charset charset, String where) {
        return Problem.of(ProblemType.BAD_REQUEST, "The body is not " + charset.name() + where);
    }

    private static boolean isText(MediaType type) {
        var subtype = type.getSubtype().toLowerCase(Locale.ROOT);
        return type.getParameters().containsKey(MediaType.CHARSET_PARAMETER)
                || TEXT.contains(subtype)
                || SUFFIXES.stream().anyMatch(subtype::endsWith);
    }

    static boolean isJson(String subtype) {
        var name = subtype.strip().toLowerCase(Locale.ROOT);
        return name.equals("json") || name.endsWith("+json");
    }

    private static boolean isForm(MediaType type) {
        return type.getSubtype().equalsIgnoreCase("x-www-form-urlencoded");
    }

    /** The byte, from 0, at which no character begins; empty where all are characters. */
    static OptionalInt fault(byte[] body, Charset charset) {
        var decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var bytes = ByteBuffer.wrap(body);
        var some = CharBuffer.allocate(Math.min(AT_ONCE, body.length)); // a byte is one character at most
        while (true) {
            var result = decoder.decode(bytes, some, true);
            if (result.isError()) {
                return OptionalInt.of(bytes.position());
            }
            if (result.isUnderflow()) {
                return OptionalInt.empty();
            }
            some.clear();
        }
    }

    private static byte[] unescaped(byte[] form) {
        var bytes = new ByteArrayOutputStream(form.length);
        for (int i = 0; i < form.length; i++) {
            if (form[i] == '%' && i + 2 < form.length && digit(form[i + 1]) >= 0 && digit(form[i + 2]) >= 0) {
                bytes.write(digit(form[i + 1]) * 16 + digit(form[i + 2]));
                i += 2;
            } else {
                bytes.write(form[i]);
            }
        }
        return bytes.toByteArray();
    }

    private static int digit(byte c) {
        return Character.digit(c, 16);
    }
}
