package dev.carillon.delivery;

import org.jspecify.annotations.Nullable;

/**
 * What may end up in a header is one line: a line break in it would begin a header of somebody else's choosing, and a NUL would
 * end it early for some readers. It is refused here, before any client library gets to see it.
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
