package dev.carillon.notification.recipient;

import dev.carillon.notification.preference.FrequencyCap;
import dev.carillon.notification.preference.Preferences;
import dev.carillon.notification.template.Categories;
import dev.carillon.notification.template.LocaleTag;
import dev.carillon.notification.template.NotificationType;
import dev.carillon.notification.template.Templates;
import dev.carillon.notification.throttle.ThrottleWindow;
import dev.carillon.platform.rest.Pointers;
import dev.carillon.platform.rest.Problem.FieldError;
import dev.carillon.platform.value.Blank;
import dev.carillon.platform.value.PlainDuration;
import dev.carillon.platform.value.Zones;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Validates and normalises preferences, so that a misspelt category, channel, time zone or window does not count as a
 * choice. The API and events both use it, so both doors refuse the same input.
 */
@ApplicationScoped
public class PreferencesCheck {

    private final Categories categories;
    private final Templates templates;

    public PreferencesCheck(Categories categories, Templates templates) {
        this.categories = categories;
        this.templates = templates;
    }

    /** The normalised preferences; pointers refer to the input. */
    public record CheckedPreferences(Preferences preferences, List<FieldError> errors) {}

    /** @param cap what was said of how many, whether or not it is a cap; null for nothing */
    public CheckedPreferences check(Preferences said, @Nullable CapText cap) {
        var errors = new ArrayList<FieldError>();
        said.categories().forEach((category, wanted) -> {
            category(category, "/categories", errors);
            flag(wanted, "/categories" + Pointers.step(category), errors);
        });
        var known = knownChannels();
        said.channels().forEach((channel, wanted) -> channel(channel, wanted, known, "/channels", errors));
        said.choices().forEach((category, channels) -> choice(category, channels, known, errors));
        var locale = Blank.toNull(said.locale());
        if (locale != null && LocaleTag.read(locale).isEmpty()) {
            errors.add(new FieldError(LocaleTag.IN_WORDS, "/locale"));
        }
        if (said.quietHours().leaveNoHour()) {
            errors.add(new FieldError("leave no hour of the day in which anything could be sent", "/quietHours"));
        }
        if (cap != null) {
            cap(cap, errors);
        }
        return new CheckedPreferences(
                said.withTimeZone(zone(Blank.toNull(said.timeZone()), errors)).withLocale(locale), errors);
    }

    private static @Nullable String zone(@Nullable String said, List<FieldError> errors) {
        var zone = Zones.read(said);
        if (said != null && zone.isEmpty()) {
            errors.add(new FieldError(Zones.FORM, "/timeZone"));
        }
        return zone.map(ZoneId::getId).orElse(null);
    }

    /** A frequency cap as written: so many {@code per} day or duration. */
    public record CapText(String per, @Nullable String window) {}

    /** Checks the combination; each field alone was checked before. */
    private static void cap(CapText cap, List<FieldError> errors) {
        var day = cap.per().equals(ThrottleWindow.CALENDAR_DAY);
        var window = Blank.toNull(cap.window());
        if (window != null && !FrequencyCap.WINDOWS.contains(window)) {
            errors.add(new FieldError("must be " + String.join(" or ", FrequencyCap.WINDOWS), "/frequencyCap/window"));
        } else if (day && window != null) {
            errors.add(new FieldError("is for durations only", "/frequencyCap/window"));
        } else if (!day && PlainDuration.of(cap.per()).isEmpty()) {
            errors.add(new FieldError(
                    "must be " + ThrottleWindow.CALENDAR_DAY + " or " + PlainDuration.IN_WORDS, "/frequencyCap/per"));
        }
    }

    private void choice(
            String category, @Nullable Map<String, Boolean> channels, Set<String> known, List<FieldError> errors) {
        category(category, "/preferences", errors);
        var pointer = "/preferences" + Pointers.step(category);
        if (channels == null) {
            errors.add(new FieldError("must be an object", pointer));
        } else {
            channels.forEach((channel, wanted) -> channel(channel, wanted, known, pointer, errors));
        }
    }

    private void category(String category, String parent, List<FieldError> errors) {
        if (categories.category(category).isEmpty()) {
            errors.add(new FieldError("is not a known category", parent + Pointers.step(category)));
        }
    }

    private static void channel(
            String channel, @Nullable Boolean wanted, Set<String> known, String parent, List<FieldError> errors) {
        var pointer = parent + Pointers.step(channel);
        if (known.contains(channel)) {
            flag(wanted, pointer, errors);
        } else {
            errors.add(new FieldError("is not a known channel; known: " + String.join(", ", known), pointer));
        }
    }

    private static void flag(@Nullable Boolean wanted, String pointer, List<FieldError> errors) {
        if (wanted == null) {
            errors.add(new FieldError("must be true or false", pointer));
        }
    }

    /** The channels that any type has templates for, or any category a default. */
    private TreeSet<String> knownChannels() {
        return Stream.concat(
                        templates.types().stream()
                                .map(NotificationType::channels)
                                .flatMap(List::stream),
                        categories.categories().stream().flatMap(category -> category.defaults().keySet().stream()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
