package dev.carillon.comparison.story;

import dev.carillon.eventsourced.rule.Calculation;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A text with calculated parts, as {@code order/${fact.orderId}/shipped}. */
public record TextOfParts(List<StoryTextPart> parts) {

    /** Literal or calculated. */
    public record StoryTextPart(String literal, @Nullable Calculation calculation) {}

    public String text(Map<String, ? extends @Nullable Object> values) {
        return parts.stream()
                .map(part -> part.calculation() == null
                        ? part.literal()
                        : part.calculation().text(values))
                .collect(Collectors.joining());
    }
}
