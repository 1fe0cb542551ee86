package dev.carillon.notification.preference;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * What a customer wants to hear, and how.
 *
 * @param choices    category → channel → wanted
 * @param channels   channel → wanted, for categories without a choice of their own
 * @param categories category → wanted, on channels without a choice of their own
 * @param version    counts the changes; 0 when nothing was ever said
 */
@RegisterForReflection
public record Preferences(@JsonProperty("preferences") Map<String, Map<String, Boolean>> choices,
                          Map<String, Boolean> channels, Map<String, Boolean> categories, @JsonIgnore int version) {

    public static final Preferences NONE = new Preferences(Map.of(), Map.of(), Map.of(), 0);

    public Preferences {
        choices = choices == null ? Map.of() : choices;
        channels = channels == null ? Map.of() : channels;
        categories = categories == null ? Map.of() : categories;
    }

    public Preferences inVersion(int version) {
        return new Preferences(choices, channels, categories, version);
    }

    @Nullable Boolean choice(String category, String channel) {
        var ofCategory = choices.get(category);              // null for a category that was stored as null
        return ofCategory == null ? null : ofCategory.get(channel);
    }
}
