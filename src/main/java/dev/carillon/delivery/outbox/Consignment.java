package dev.carillon.delivery.outbox;

import dev.carillon.delivery.Parcel;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A parcel and when it may go.
 *
 * @param type       of the notification it belongs to; null when it belongs to none
 * @param customerId whose wishes are asked again whenever it has waited; null when nobody's are
 * @param hold       null when it may go at once
 * @param goodUntil  what has not gone by then is judged again; null when that never changes
 */
public record Consignment(Parcel parcel, @Nullable String type, @Nullable String customerId, @Nullable Hold hold, @Nullable Instant goodUntil) {

    /** Goes at once, is never judged again, and belongs to no notification. */
    public static Consignment of(Parcel parcel) {
        return new Consignment(parcel, null, null, null, null);
    }

    /** Until when something is held, and the code of the reason; null where it was not to go before. */
    public record Hold(Instant until, @Nullable String reason) {
    }
}
