package dev.carillon.notification.recipient;

import dev.carillon.notification.preference.FrequencyCap;
import dev.carillon.notification.throttle.Throttle;
import dev.carillon.notification.throttle.ThrottleWindow;
import dev.carillon.platform.value.PlainDuration;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/**
 * The frequency cap of a customer: their own, else the service's ({@code carillon.preferences.frequency-cap}, none).
 */
@Startup // a wrong setting stops the start
@ApplicationScoped
public class CustomerCaps {

    /** No rule is called this, so that no rule's throttle counts under the same key. */
    private static final String KEY = "@cap/";

    private final @Nullable FrequencyCap otherwise;

    public CustomerCaps(FrequencyCapSettings settings) {
        this.otherwise = settings.max().isEmpty()
                        && settings.per().isEmpty()
                        && settings.window().isEmpty()
                ? null
                : FrequencyCap.of(
                                settings.max().orElse(0),
                                settings.per().orElse(""),
                                settings.window().orElse(null))
                        .orElseThrow(() -> new ConfigurationException("carillon.preferences.frequency-cap is none: max="
                                + settings.max().orElse(null)
                                + " must be from 1 to " + Throttle.MOST + ", per="
                                + settings.per().orElse(null) + " " + ThrottleWindow.CALENDAR_DAY + " or "
                                + PlainDuration.IN_WORDS + ", window="
                                + settings.window().orElse(null) + " sliding or fixed, and only of a duration"));
    }

    /** Null for a customer without a limit. */
    public @Nullable Throttle of(Recipient recipient) {
        var own = recipient.preferences().frequencyCap();
        var cap = own == null ? otherwise : own;
        return cap == null ? null : cap.asThrottle(keyOf(recipient.id()));
    }

    /** The key under which all of a customer's notifications are counted. */
    public static String keyOf(String customerId) {
        return KEY + customerId;
    }
}
