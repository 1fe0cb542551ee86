package dev.carillon.apidriven.api;

import dev.carillon.notification.template.Categories;
import dev.carillon.notification.template.LocaleTag;
import dev.carillon.notification.template.NotificationType;
import dev.carillon.notification.template.Templates;
import dev.carillon.notification.throttle.Window;
import dev.carillon.platform.problem.Pointers;
import dev.carillon.platform.problem.Problem;
import dev.carillon.platform.problem.Problem.FieldError;
import dev.carillon.platform.problem.ProblemException;
import dev.carillon.platform.time.PlainDuration;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Refuses preferences nobody would ever ask: a mistyped category, channel, time zone or window must not pass for a choice. */
@ApplicationScoped
class PreferencesCheck {

    private final Categories categories;
    private final Templates templates;

    PreferencesCheck(Categories categories, Templates templates) {
        this.categories = categories;
        this.templates = templates;
    }

    void check(PreferencesBody body) {
        var errors = new ArrayList<FieldError>();
        var choices = body.asPreferences();
        choices.categories().forEach((category, wanted) -> {
            category(category, "/categories", errors);
            flag(wanted, "/categories" + Pointers.step(category), errors);
        });
        choices.channels().forEach((channel, wanted) -> channel(channel, wanted, "/channels", errors));
        choices.choices().forEach((category, channels) -> choice(category, channels, errors));
        if (choices.timeZone() != null && !ZoneId.getAvailableZoneIds().contains(choices.timeZone())) {
            errors.add(new FieldError("is not a known time zone, such as Europe/Berlin", "/timeZone"));
        }
        if (choices.locale() != null && LocaleTag.read(choices.locale()).isEmpty()) {
            errors.add(new FieldError(LocaleTag.IN_WORDS, "/locale"));
        }
        if (choices.quietHours().leaveNoHour()) {
            errors.add(new FieldError("leave no hour of the day in which anything could be sent", "/quietHours"));
        }
        if (body.frequencyCap() != null) {
            cap(body.frequencyCap(), errors);
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.invalid(errors));
        }
    }

    /** What is wrong with it alone, field by field, was found before. */
    private static void cap(PreferencesBody.Cap cap, List<FieldError> errors) {
        var day = cap.per().equals(Window.CALENDAR_DAY);
        if (day && cap.window() != null) {
            errors.add(new FieldError("is for durations only", "/frequencyCap/window"));
        } else if (!day && PlainDuration.of(cap.per()).isEmpty()) {
            errors.add(new FieldError("must be " + Window.CALENDAR_DAY + " or " + PlainDuration.IN_WORDS, "/frequencyCap/per"));
        }
    }

    private void choice(String category, @Nullable Map<String, Boolean> channels, List<FieldError> errors) {
        category(category, "/preferences", errors);
        var pointer = "/preferences" + Pointers.step(category);
        if (channels == null) {
            errors.add(new FieldError("must be an object", pointer));
        } else {
            channels.forEach((channel, wanted) -> channel(channel, wanted, pointer, errors));
        }
    }

    private void category(String category, String parent, List<FieldError> errors) {
        if (categories.category(category).isEmpty()) {
            errors.add(new FieldError("is not a known category", parent + Pointers.step(category)));
        }
    }

    private void channel(String channel, @Nullable Boolean wanted, String parent, List<FieldError> errors) {
        var pointer = parent + Pointers.step(channel);
        var known = knownChannels();
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

    /** Those that any type has words for, or any category a default. */
    private TreeSet<String> knownChannels() {
        return Stream.concat(templates.types().stream().map(NotificationType::channels).flatMap(List::stream),
                        categories.categories().stream().flatMap(category -> category.defaults().keySet().stream()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
