package dev.carillon.platform.lww;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A last-writer-wins record, field by field. A field may be a list of items with an {@code id}: set as a whole, and
 * changed item by item. An item's change holds until the whole list is set again later.
 *
 * @param fields field → what was said of it
 * @param items  field → id → what was said of that one item
 * @param since  when the whole was last said: what is older does not count any more; null for never
 */
@RegisterForReflection
public record LatestFields(
        Map<String, LatestValue> fields,
        Map<String, Map<String, LatestValue>> items,
        @Nullable Stamp since) {

    public static final LatestFields NOTHING = new LatestFields(Map.of(), Map.of(), null);

    /** A value with its time and event; no value means it was removed. */
    @RegisterForReflection
    public record LatestValue(@Nullable Object value, Stamp stamp) {

        private boolean yieldsTo(Stamp other) {
            return stamp.compareTo(other) < 0;
        }
    }

    /** A copy with the fields as of this time; the same object if nothing is news. */
    public LatestFields with(Map<String, ? extends @Nullable Object> said, Stamp stamp) {
        if (isPast(stamp)) {
            return this;
        }
        var news = new LinkedHashMap<>(fields);
        said.forEach((field, value) ->
                news.merge(field, new LatestValue(value, stamp), (was, is) -> was.yieldsTo(stamp) ? is : was));
        return news.equals(fields) ? this : new LatestFields(news, items, since);
    }

    /** These fields and no others, whatever was said of them before and at what time: for who knows it first hand. */
    public static LatestFields only(Map<String, ? extends @Nullable Object> said, Stamp stamp) {
        return new LatestFields(NOTHING.with(said, stamp).fields, Map.of(), stamp);
    }

    /** A copy with one item of a field's list as of this time; null removes it. */
    public LatestFields withItem(String field, String id, @Nullable Object value, Stamp stamp) {
        var ofField = new TreeMap<>(items.getOrDefault(field, Map.of()));
        var was = ofField.get(id);
        if (was != null && !was.yieldsTo(stamp)) {
            return this;
        }
        ofField.put(id, new LatestValue(value, stamp));
        var news = new LinkedHashMap<>(items);
        news.put(field, ofField);
        return new LatestFields(fields, news, since);
    }

    private boolean isPast(Stamp stamp) {
        return since != null && stamp.compareTo(since) < 0;
    }

    /** The plain values, without those that are gone. */
    public Map<String, Object> values() {
        var values = new LinkedHashMap<String, Object>();
        fields.forEach((field, said) -> {
            if (said.value() != null) {
                values.put(field, said.value());
            }
        });
        items.forEach((field, changes) -> values.put(field, list(fields.get(field), changes)));
        return values;
    }

    private List<Object> list(@Nullable LatestValue whole, Map<String, LatestValue> changes) {
        var list = new LinkedHashMap<String, Object>();
        if (whole != null && whole.value() instanceof List<?> said) {
            said.forEach(item -> list.put(idOf(item), item));
        }
        changes.forEach((id, change) -> {
            if (!isPast(change.stamp()) && (whole == null || whole.yieldsTo(change.stamp()))) {
                list.remove(id);
                if (change.value() != null) {
                    list.put(id, change.value());
                }
            }
        });
        return new ArrayList<>(list.values());
    }

    private static String idOf(Object item) {
        return item instanceof Map<?, ?> map ? String.valueOf(map.get("id")) : String.valueOf(item);
    }
}
