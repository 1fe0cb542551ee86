package dev.carillon.apidriven.api;

import dev.carillon.notification.preference.Preferences;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.PositiveOrZero;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * What a customer wants to hear, and how; what is left out is up to the category's default.
 *
 * @param preferences category → channel → wanted
 * @param channels    channel → wanted, for categories without a choice of their own
 * @param categories  category → wanted, on channels without a choice of their own
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
        @Schema(description = "Counts the changes. Sent along, it must be current (0: none yet), or it is a 409", examples = "1")
        @Nullable @PositiveOrZero(message = "must not be negative") Integer version) {

    static PreferencesBody of(Preferences known) {
        return new PreferencesBody(known.choices(), known.channels(), known.categories(), known.version());
    }

    Preferences asPreferences() {
        return new Preferences(preferences, channels, categories, 0);
    }
}
