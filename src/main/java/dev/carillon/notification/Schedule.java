package dev.carillon.notification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a notification may go out: not before one time, not after another.
 *
 * @param sendAt    not before; null for at once
 * @param expiresAt when it is of no use any more; null when it always is
 */
public record Schedule(@Nullable Instant sendAt, @Nullable Instant expiresAt) {

    /** At once, and always of use. */
    public static final Schedule NONE = new Schedule(null, null);

    /** At once, until then. */
    public static Schedule until(@Nullable Instant expiresAt) {
        return new Schedule(null, expiresAt);
    }

    boolean isOver(Instant at) {
        return expiresAt != null && !at.isBefore(expiresAt);
    }

    /** Before which moment it does not go, whatever its recipient changes; null for at once. */
    @Nullable
    Instant notBefore(Instant now) {
        return sendAt != null && sendAt.isAfter(now) ? sendAt : null;
    }

    /** No later than it expires. */
    Instant inTime(Instant at) {
        return expiresAt != null && expiresAt.isBefore(at) ? expiresAt : at;
    }
}
