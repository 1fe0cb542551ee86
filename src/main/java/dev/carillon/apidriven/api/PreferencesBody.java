package dev.carillon.apidriven.api;

import dev.carillon.notification.preference.Preferences;
import dev.carillon.notification.preference.QuietHours;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.LocalTime;
import java.util.List;
import java.util.Map;

/**
 * What a customer wants to hear, and how; what is left out is up to the category's default.
 *
 * @param preferences category → channel → wanted
 * @param channels    channel → wanted, for categories without a choice of their own
 * @param categories  category → wanted, on channels without a choice of their own
 * @param quietHours  when nothing but what is mandatory is sent
 * @param timeZone    whose clock these hours are read off
 * @param locale      in which language they want to hear it
 */
@RegisterForReflection
@Schema(name = "Preferences", description = "What a customer wants to hear, and how; what is left out is up to the category's default.")
record PreferencesBody(
        @Schema(description = "Category, channel, wanted: decides before the others", examples = "{\"price_alerts\":{\"email\":true}}")
        @Nullable Map<String, Map<String, Boolean>> preferences,
        @Schema(description = "Channel, wanted: for categories without a choice of their own", examples = "{\"sms\":true}")
        @Nullable Map<String, Boolean> channels,
        @Schema(description = "Category, wanted: on channels without a choice of their own", examples = "{\"promotions\":false}")
        @Nullable Map<String, Boolean> categories,
        @Schema(description = "When nothing but what is mandatory is sent; what is meant for then waits for the end")
        @Nullable @Size(max = 10, message = "must have at most 10 windows") List<@Valid @NotNull(message = "is required") QuietWindow> quietHours,
        @Schema(description = "Whose clock the quiet hours are read off: an IANA time zone; else the customer's, else the service's", examples = "Europe/Berlin")
        @Nullable @Size(max = 60, message = "must have at most 60 characters") String timeZone,
        @Schema(description = "In which language they want to hear it; else the customer's, else the service's", examples = "de-AT")
        @Nullable @Size(max = 35, message = "must have at most 35 characters") String locale,
        @Schema(description = "Counts the changes. Sent along, it must be current (0: none yet), or it is a 409", examples = "1")
        @Nullable @PositiveOrZero(message = "must not be negative") Integer version) {

    /** A part of every day. */
    @RegisterForReflection
    @Schema(name = "QuietWindow", description = "From start up to and without end, every day; over midnight where the end is the earlier one, off where they are equal.")
    record QuietWindow(
            @Schema(description = "The first quiet minute", examples = "22:00")
            @NotNull(message = "is required") @Pattern(regexp = QuietWindow.TIME, message = "must be a time like 22:00") String start,
            @Schema(description = "The first minute that is not quiet any more", examples = "07:00")
            @NotNull(message = "is required") @Pattern(regexp = QuietWindow.TIME, message = "must be a time like 07:00") String end) {

        static final String TIME = "([01][0-9]|2[0-3]):[0-5][0-9]";

        QuietHours.Window asWindow() {
            return new QuietHours.Window(LocalTime.parse(start), LocalTime.parse(end));
        }
    }

    static PreferencesBody of(Preferences known) {
        return new PreferencesBody(known.choices(), known.channels(), known.categories(), known.quietHours().windows().stream()
                .map(window -> new QuietWindow(window.start().toString(), window.end().toString())).toList(), known.timeZone(), known.locale(), known.version());
    }

    Preferences asPreferences() {
        var quiet = quietHours == null ? QuietHours.NONE : new QuietHours(quietHours.stream().map(QuietWindow::asWindow).toList());
        return new Preferences(preferences, channels, categories, quiet, timeZone, locale, 0);
    }
}
