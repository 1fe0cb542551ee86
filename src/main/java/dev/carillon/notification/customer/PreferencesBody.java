package dev.carillon.notification.customer;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.notification.preference.FrequencyCap;
import dev.carillon.notification.preference.Preferences;
import dev.carillon.notification.preference.QuietHours;
import dev.carillon.notification.recipient.PreferencesCheck;
import dev.carillon.notification.throttle.Throttle;
import dev.carillon.platform.rest.Versioned;
import dev.carillon.platform.value.ClockTime;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A customer's preferences. A field that is left out falls back to the category's default.
 *
 * @param preferences  category → channel → wanted
 * @param channels     channel → wanted, for categories without a choice of their own
 * @param categories   category → wanted, on channels without a choice of their own
 * @param quietHours   when nothing but what is mandatory is sent
 * @param timeZone     whose clock these hours are read off
 * @param locale       in which language they want to hear it
 * @param optedOut     whether they want to hear nothing but what is mandatory
 * @param frequencyCap how much they take
 */
@RegisterForReflection
@Schema(
        name = "Preferences",
        description = "What a customer wants to receive, and how; the category's default decides what is left out.")
record PreferencesBody(
        @Schema(
                description = "Category, channel, wanted: decides before the others",
                examples = "{\"price_alerts\":{\"email\":true}}")
        @Nullable
        Map<String, Map<String, Boolean>> preferences,

        @Schema(
                description = "Channel, wanted: for categories without a choice of their own",
                examples = "{\"sms\":true}")
        @Nullable
        Map<String, Boolean> channels,

        @Schema(
                description = "Category, wanted: on channels without a choice of their own",
                examples = "{\"promotions\":false}")
        @Nullable
        Map<String, Boolean> categories,

        @Schema(description = "When only mandatory messages are sent; others wait for the end")
        @Nullable
        @Size(max = 10, message = "must have at most 10 windows")
        List<@Valid @NotNull(message = "is required") QuietWindowBody> quietHours,

        @Schema(
                description = "The time zone of the quiet hours, an IANA name; else the customer's, else the service's",
                examples = "Europe/Berlin")
        @Nullable
        String timeZone,

        @Schema(description = "The language they want; else the customer's, else the service's", examples = "de-AT")
        @Nullable
        String locale,

        @Schema(
                description = "Whether they want mandatory messages only, regardless of all other choices",
                examples = "false")
        @Nullable
        Boolean optedOut,

        @Schema(description = "The most they want, all messages together; else the service's default") @Nullable @Valid
        CapBody frequencyCap,

        @Schema(
                description = "Counts the changes. If sent, it must be current (0: none yet), otherwise 409",
                examples = "1")
        @Nullable
        @PositiveOrZero(message = "must not be negative")
        Integer version)
        implements Versioned {

    /** A daily time window. */
    @RegisterForReflection
    @Schema(
            name = "QuietWindow",
            description =
                    "From start up to and without end, every day; over midnight where the end is the earlier one, off where they are equal.")
    record QuietWindowBody(
            @Schema(description = "The first quiet minute", examples = "22:00")
            @NotNull(message = "is required")
            @Pattern(regexp = ClockTime.PATTERN, message = ClockTime.FORM)
            String start,

            @Schema(description = "The first minute that is not quiet any more", examples = "07:00")
            @NotNull(message = "is required")
            @Pattern(regexp = ClockTime.PATTERN, message = ClockTime.FORM)
            String end) {

        QuietHours.Window asWindow() {
            return new QuietHours.Window(LocalTime.parse(start), LocalTime.parse(end));
        }
    }

    /** A number of messages in a window. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "FrequencyCap",
            description =
                    "The most messages in a window of time, of all types. Mandatory messages count, and are sent anyway.")
    record CapBody(
            @Schema(description = "How many", examples = "3")
            @NotNull(message = "is required")
            @Min(value = 1, message = CapBody.MAX)
            @Max(value = Throttle.MOST, message = CapBody.MAX)
            Integer max,

            @Schema(
                    description =
                            "The window: calendar-day, in the customer's zone, or an ISO 8601 duration, at most P400D",
                    examples = "P1D")
            @NotNull(message = "is required")
            String per,

            @Schema(
                    description =
                            "For a duration: sliding (the default) up to now, or fixed, which starts at the first message; not for calendar-day",
                    examples = "sliding",
                    enumeration = {FrequencyCap.SLIDING, FrequencyCap.FIXED})
            @Nullable
            String window) {

        static final String MAX = "must be a whole number from 1 to " + Throttle.MOST;

        static @Nullable CapBody of(@Nullable FrequencyCap known) {
            return known == null ? null : new CapBody(known.max(), known.per(), known.window());
        }

        PreferencesCheck.CapText said() {
            return new PreferencesCheck.CapText(per, window);
        }

        Optional<FrequencyCap> asCap() {
            return FrequencyCap.of(max, per, window);
        }
    }

    static PreferencesBody of(Preferences known) {
        return new PreferencesBody(
                known.choices(),
                known.channels(),
                known.categories(),
                known.quietHours().windows().stream()
                        .map(window -> new QuietWindowBody(
                                window.start().toString(), window.end().toString()))
                        .toList(),
                known.timeZone(),
                known.locale(),
                known.optedOut(),
                CapBody.of(known.frequencyCap()),
                known.version());
    }

    /** A cap that is none is left out: what cannot be kept is refused before. */
    Preferences asPreferences() {
        var quiet = quietHours == null
                ? QuietHours.NONE
                : new QuietHours(
                        quietHours.stream().map(QuietWindowBody::asWindow).toList());
        return new Preferences(
                preferences,
                channels,
                categories,
                quiet,
                timeZone,
                locale,
                Boolean.TRUE.equals(optedOut),
                frequencyCap == null ? null : frequencyCap.asCap().orElse(null),
                0);
    }
}
