package dev.carillon.notification.template;

import java.util.Map;

/**
 * A kind of message a customer can switch on or off.
 *
 * @param commercial whether an unsubscribe must be offered
 * @param mandatory whether it is sent whatever the customer prefers
 * @param defaults channel name to yes or no: what holds until the customer says anything; a channel not named is off
 */
public record Category(String name, String description, boolean commercial, boolean mandatory, Map<String, Boolean> defaults) {
    public Category {
        defaults = Map.copyOf(defaults);
    }
}
