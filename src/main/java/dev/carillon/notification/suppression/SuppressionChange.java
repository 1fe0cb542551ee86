package dev.carillon.notification.suppression;

import dev.carillon.notification.preference.Suppression;
import dev.carillon.notification.preference.Suppression.Cause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An address was suppressed, or a suppression was lifted.
 *
 * @param address as addresses are compared
 * @param cause   null when they want messages again: then a STOP is lifted, and nothing else
 * @param detail  the provider's code
 * @param source  the provider, or the id of the API key
 */
public record SuppressionChange(
        String tenant,
        String channel,
        String address,
        @Nullable Cause cause,
        @Nullable String detail,
        String source,
        Instant at) {

    public SuppressionChange {
        address = Suppression.comparable(channel, address);
    }

    /** The address is personal. */
    @Override
    public String toString() {
        return "SuppressionChange[" + channel + " " + cause + "]";
    }
}
