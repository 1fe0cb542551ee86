package dev.carillon.notification.preference;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A customer's preferences: which categories on which channels, how often, and when not.
 *
 * @param choices      category → channel → wanted
 * @param channels     channel → wanted, for categories without a choice of their own
 * @param categories   category → wanted, on channels without a choice of their own
 * @param quietHours   when nothing but what is mandatory is sent
 * @param timeZone     whose clock these hours are read off; null when they did not say
 * @param locale       in which language they want to hear it, as a language tag; null when they did not say
 * @param optedOut     whether they want to hear nothing but what is mandatory, whatever else they said
 * @param frequencyCap how much they take; null for as much as the service's default allows
 * @param version      counts the changes; 0 when nothing was ever said
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Preferences(
        @JsonProperty("preferences") Map<String, Map<String, Boolean>> choices,
        Map<String, Boolean> channels,
        Map<String, Boolean> categories,
        QuietHours quietHours,
        @Nullable String timeZone,
        @Nullable String locale,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean optedOut,
        @Nullable FrequencyCap frequencyCap,
        @JsonIgnore int version) {

    public static final Preferences NONE = new Preferences(null, null, null, null, null, null, false, null, 0);

    public Preferences(
            @Nullable Map<String, Map<String, Boolean>> choices,
            @Nullable Map<String, Boolean> channels,
            @Nullable Map<String, Boolean> categories,
            @Nullable QuietHours quietHours,
            @Nullable String timeZone,
            @Nullable String locale,
            boolean optedOut,
            @Nullable FrequencyCap frequencyCap,
            int version) {
        this.choices = choices == null ? Map.of() : choices;
        this.channels = channels == null ? Map.of() : channels;
        this.categories = categories == null ? Map.of() : categories;
        this.quietHours = quietHours == null ? QuietHours.NONE : quietHours;
        this.timeZone = timeZone;
        this.locale = locale;
        this.optedOut = optedOut;
        this.frequencyCap = frequencyCap;
        this.version = version;
    }

    /** Choices alone. */
    public static Preferences of(@Nullable Map<String, Map<String, Boolean>> choices) {
        return new Preferences(choices, null, null, null, null, null, false, null, 0);
    }

    public Preferences inVersion(int version) {
        return new Preferences(
                choices, channels, categories, quietHours, timeZone, locale, optedOut, frequencyCap, version);
    }

    /** The same with one choice made. */
    public Preferences with(String category, String channel, boolean wanted) {
        var all = new LinkedHashMap<>(choices);
        var ofCategory = new LinkedHashMap<>(all.getOrDefault(category, Map.of()));
        ofCategory.put(channel, wanted);
        all.put(category, ofCategory);
        return new Preferences(
                all, channels, categories, quietHours, timeZone, locale, optedOut, frequencyCap, version);
    }

    public Preferences withChannels(@Nullable Map<String, Boolean> channels) {
        return new Preferences(
                choices, channels, categories, quietHours, timeZone, locale, optedOut, frequencyCap, version);
    }

    public Preferences withCategories(@Nullable Map<String, Boolean> categories) {
        return new Preferences(
                choices, channels, categories, quietHours, timeZone, locale, optedOut, frequencyCap, version);
    }

    public Preferences withQuietHours(@Nullable QuietHours quietHours) {
        return new Preferences(
                choices, channels, categories, quietHours, timeZone, locale, optedOut, frequencyCap, version);
    }

    public Preferences withTimeZone(@Nullable String timeZone) {
        return new Preferences(
                choices, channels, categories, quietHours, timeZone, locale, optedOut, frequencyCap, version);
    }

    public Preferences withLocale(@Nullable String locale) {
        return new Preferences(
                choices, channels, categories, quietHours, timeZone, locale, optedOut, frequencyCap, version);
    }

    public Preferences withOptedOut(boolean optedOut) {
        return new Preferences(
                choices, channels, categories, quietHours, timeZone, locale, optedOut, frequencyCap, version);
    }

    public Preferences withFrequencyCap(@Nullable FrequencyCap frequencyCap) {
        return new Preferences(
                choices, channels, categories, quietHours, timeZone, locale, optedOut, frequencyCap, version);
    }

    public @Nullable Boolean choice(String category, String channel) {
        var ofCategory = choices.get(category); // null for a category that was stored as null
        return ofCategory == null ? null : ofCategory.get(channel);
    }
}
