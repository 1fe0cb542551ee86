package dev.carillon.delivery;

import org.jspecify.annotations.Nullable;

/**
 * Refuses line breaks and NUL in text that may end up in a header, before any client library sees it. A line break
 * would start a header of the attacker's choosing; a NUL would end the header early for some readers.
 */
public final class OneLine {

    private OneLine() {}

    /** Which part of the delivery is broken, or null when none is. */
    static @Nullable String broken(Delivery delivery) {
        if (breaks(delivery.recipient())) {
            return "the address has a control character";
        }
        if (breaks(delivery.subject())) {
            return "the subject has a control character";
        }
        if (breaks(delivery.unsubscribeUrl())) {
            return "the unsubscribe address has a control character";
        }
        return null;
    }

    /** Whether it is more than one line to some reader, or less than all of it. */
    public static boolean breaks(@Nullable String text) {
        return text != null && text.codePoints().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
    }
}
