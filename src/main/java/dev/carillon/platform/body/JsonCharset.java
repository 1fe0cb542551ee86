package dev.carillon.platform.body;

import io.netty.handler.codec.http.HttpUtil;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Converts JSON that declares another charset to UTF-8, which is how JSON is read (RFC 8259). */
public final class JsonCharset {

    private JsonCharset() {}

    /** The body as UTF-8; as it came where it is no JSON, or not what it declares: that is refused where bodies are checked. */
    public static Buffer utf8(@Nullable String type, Buffer body) {
        if (type == null || !isJson(type)) {
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

    private static boolean isJson(String type) {
        var mime = HttpUtil.getMimeType(type);
        return mime != null
                && Characters.isJson(mime.toString().substring(mime.toString().indexOf('/') + 1));
    }
}
