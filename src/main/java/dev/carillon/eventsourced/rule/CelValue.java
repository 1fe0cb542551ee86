package dev.carillon.eventsourced.rule;

import dev.carillon.notification.PlainNumber;
import dev.carillon.platform.json.JsonLimits;
import dev.carillon.platform.value.Blank;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Converts values into CEL and back.
 *
 * <p>CEL takes a Java null inside a map for "unknown" and does not accept an {@code Integer} as a number. Both are
 * converted only when read, so a large event costs no more than what a rule reads of it.
 */
final class CelValue {

    private CelValue() {}

    /** The value as CEL understands it. */
    static Object toCel(@Nullable Object value) {
        if (value == null) {
            return NullValue.NULL_VALUE;
        }
        if (value instanceof Map<?, ?> map) {
            return new CelMap(map);
        }
        if (value instanceof List<?> list) {
            return new CelList(list);
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        return value instanceof Float || value instanceof BigDecimal ? (Object) ((Number) value).doubleValue() : value;
    }

    /**
     * The value as the rest of the service understands it: String, Long, Double, Boolean, List, Map and null; CEL counts in no decimals.
     *
     * @param budget pays for every part of it: what stands in a list a thousand times costs a thousand times
     */
    static @Nullable Object fromCel(@Nullable Object value, Budget budget) {
        budget.spend(1);
        if (value == null || value instanceof NullValue) {
            return null;
        }
        if (value instanceof String text) {
            budget.spend(text.length() / Budget.BUILT);
            return text;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            map.forEach((key, item) -> plain.put(text(fromCel(key, budget)).orElse(""), fromCel(item, budget)));
            return plain;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> plain = new ArrayList<>(list.size());
            list.forEach(item -> plain.add(fromCel(item, budget)));
            return plain;
        }
        if (value instanceof Instant || value instanceof Duration) {
            return value.toString();
        }
        if (value instanceof CelByteString bytes) {
            budget.spend(bytes.size() / Budget.BUILT);
            return Base64.getEncoder().encodeToString(bytes.toByteArray());
        }
        boolean unsigned = value instanceof Number && !(value instanceof Long || value instanceof Double);
        return unsigned ? (Object) ((Number) value).longValue() : value;
    }

    /** The text of a scalar as it stands in keys; empty for null, blank text, lists, maps and numbers that are none. */
    static Optional<String> text(@Nullable Object plain) {
        if (plain instanceof Number number) {
            return JsonLimits.isOf64Bits(number) ? Optional.of(PlainNumber.of(number)) : Optional.empty();
        }
        if (plain instanceof Boolean) {
            return Optional.of(plain.toString());
        }
        return plain instanceof String string && !Blank.is(string) ? Optional.of(string) : Optional.empty();
    }

    private static final class CelList extends AbstractList<Object> implements RandomAccess {

        private final List<?> plain;

        CelList(List<?> plain) {
            this.plain = plain;
        }

        @Override
        public Object get(int index) {
            return toCel(plain.get(index));
        }

        @Override
        public int size() {
            return plain.size();
        }
    }

    private static final class CelMap extends AbstractMap<Object, Object> {

        private final Map<?, ?> plain;

        CelMap(Map<?, ?> plain) {
            this.plain = plain;
        }

        @Override
        public @Nullable Object get(@Nullable Object key) {
            Object value = plain.get(key);
            return value != null || plain.containsKey(key) ? toCel(value) : null;
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            return plain.containsKey(key);
        }

        @Override
        public int size() {
            return plain.size();
        }

        @Override
        public Set<Entry<Object, Object>> entrySet() {
            return new AbstractSet<>() {

                @Override
                public Iterator<Entry<Object, Object>> iterator() {
                    return plain.entrySet().stream()
                            .<Entry<Object, Object>>map(entry -> Map.entry(entry.getKey(), toCel(entry.getValue())))
                            .iterator();
                }

                @Override
                public int size() {
                    return plain.size();
                }
            };
        }
    }
}
