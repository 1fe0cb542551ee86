package dev.carillon.notification.template;

import java.util.Locale;
import java.util.Map;

/**
 * A kind of message a customer can switch on or off.
 *
 * @param translations language tag to the description in it
 * @param commercial whether an unsubscribe must be offered
 * @param mandatory whether it is sent whatever the customer prefers
 * @param defaults channel name to yes or no: what holds until the customer says anything; a channel not named is off
 */
public record Category(
        String name,
        String description,
        Map<String, String> translations,
        boolean commercial,
        boolean mandatory,
        Map<String, Boolean> defaults) {
    public Category {
        translations = Map.copyOf(translations);
        defaults = Map.copyOf(defaults);
    }

    public Category(
            String name, String description, boolean commercial, boolean mandatory, Map<String, Boolean> defaults) {
        this(name, description, Map.of(), commercial, mandatory, defaults);
    }

    /** The description in a language or a wider one, else as it stands in the file. */
    public String description(Locale wanted) {
        return LocaleTag.nearest(wanted, translations).orElse(description);
    }
}
