package dev.carillon.eventsourced.rule;

import dev.carillon.notification.tracking.PlainNumber;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Values on their way into CEL and out of it.
 *
 * <p>CEL takes a Java null inside a map for "unknown" and an {@code Integer} for no number at all, so both are translated on the way
 * in. What needs no change is not copied.
 */
final class PlainValue {

    private PlainValue() {}

    /** The value as CEL understands it. */
    static Object toCel(@Nullable Object value) {
        if (value == null) {
            return NullValue.NULL_VALUE;
        }
        if (value instanceof Map<?, ?> map) {
            return translated(map);
        }
        if (value instanceof List<?> list) {
            return translated(list);
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        return value instanceof Float || value instanceof BigDecimal ? (Object) ((Number) value).doubleValue() : value;
    }

    /** The value as the rest of the service understands it: String, Long, Double, Boolean, List, Map and null. */
    static @Nullable Object fromCel(@Nullable Object value) {
        if (value == null || value instanceof NullValue) {
            return null;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            map.forEach((key, item) -> plain.put(text(fromCel(key)).orElse(""), fromCel(item)));
            return plain;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> plain = new ArrayList<>(list.size());
            list.forEach(item -> plain.add(fromCel(item)));
            return plain;
        }
        if (value instanceof Instant || value instanceof Duration) {
            return value.toString();
        }
        if (value instanceof CelByteString bytes) {
            return Base64.getEncoder().encodeToString(bytes.toByteArray());
        }
        boolean unsigned = value instanceof Number && !(value instanceof Long || value instanceof Double);
        return unsigned ? (Object) ((Number) value).longValue() : value;
    }

    /** The text of a scalar as it stands in keys; empty for null, blank text, lists, maps and numbers that are none. */
    static Optional<String> text(@Nullable Object plain) {
        if (plain instanceof Number number) {
            boolean finite = Double.isFinite(number.doubleValue());
            return finite ? Optional.of(PlainNumber.of(number)) : Optional.empty();
        }
        if (plain instanceof Boolean) {
            return Optional.of(plain.toString());
        }
        return plain instanceof String string && !string.isBlank() ? Optional.of(string) : Optional.empty();
    }

    private static Map<?, ?> translated(Map<?, ?> map) {
        Map<Object, @Nullable Object> copy = null;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object translated = toCel(entry.getValue());
            if (translated != entry.getValue()) {
                copy = copy == null ? new LinkedHashMap<>(map) : copy;
                copy.put(entry.getKey(), translated);
            }
        }
        return copy == null ? map : copy;
    }

    private static List<?> translated(List<?> list) {
        List<@Nullable Object> copy = null;
        for (int i = 0; i < list.size(); i++) {
            Object translated = toCel(list.get(i));
            if (translated != list.get(i)) {
                copy = copy == null ? new ArrayList<>(list) : copy;
                copy.set(i, translated);
            }
        }
        return copy == null ? list : copy;
    }
}
