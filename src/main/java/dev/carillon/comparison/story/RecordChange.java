package dev.carillon.comparison.story;

import dev.carillon.eventsourced.rule.Calculation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a team's own records change.
 *
 * @param where null for no row
 * @param add   a new row; null for none
 */
public record RecordChange(
        String records,
        @Nullable Calculation where,
        Map<String, @Nullable Object> set,
        @Nullable Map<String, @Nullable Object> add) {

    /** The rows as they are afterwards. */
    public List<Map<String, @Nullable Object>> in(
            List<Map<String, @Nullable Object>> rows, Map<String, @Nullable Object> fact) {
        var after = new ArrayList<Map<String, @Nullable Object>>();
        for (var row : rows) {
            var changed = new LinkedHashMap<>(row);
            if (where != null && where.holds(Map.of("fact", fact, "row", row))) {
                changed.putAll(set);
            }
            after.add(changed);
        }
        if (add != null) {
            after.add(add);
        }
        return after;
    }
}
