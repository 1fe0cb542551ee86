package dev.carillon.platform.json;

import io.netty.buffer.ByteBufUtil;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Computes the size of plain values as JSON in UTF-8, without writing it. */
public final class JsonLength {

    private JsonLength() {}

    /** Characters that are escaped count as they are. */
    public static long of(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            long bytes = 2;
            for (var entry : map.entrySet()) {
                bytes += ofText(String.valueOf(entry.getKey())) + of(entry.getValue()) + 2;
            }
            return bytes;
        }
        if (value instanceof Collection<?> list) {
            long bytes = 2;
            for (var one : list) {
                bytes += of(one) + 1;
            }
            return bytes;
        }
        return value instanceof CharSequence text
                ? ofText(text)
                : String.valueOf(value).length();
    }

    private static long ofText(CharSequence text) {
        return 2L + ByteBufUtil.utf8Bytes(text);
    }
}
