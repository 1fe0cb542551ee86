package dev.carillon.notification.tracking;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.carillon.notification.decision.Reason;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Where a notification or one of its deliveries stands.
 *
 * <pre>
 * accepted → suppressed
 *          → deferred → suppressed, expired, cancelled
 *          ↘        ↘
 *            queued → sending ⇄ retrying → sent → delivered → bounced, complained
 *                                             → bounced → complained
 *                                        → dead-lettered, expired, cancelled
 * </pre>
 */
@RegisterForReflection
public enum Status {

    /** Nothing is sent; the reason says why. */
    SUPPRESSED,
    /** Withdrawn by its caller before it went. */
    CANCELLED,
    /** It could not be sent before it lost its meaning. */
    EXPIRED,
    /** Held until it was to go, or until its recipient's quiet hours are over. */
    DEFERRED,
    /** In the outbox, not tried yet. */
    QUEUED,
    /** A process holds its lease and is trying. */
    SENDING,
    /** Tried, and to be tried again. */
    RETRYING,
    /** A provider took it. */
    SENT,
    /** The provider says that it arrived. */
    DELIVERED,
    /** The provider took it and could not deliver it. */
    BOUNCED,
    /** It arrived, and its recipient called it spam. */
    COMPLAINED,
    /** Failed permanently; the dead letter says why. */
    DEAD_LETTERED;

    /** From most to least telling: ongoing before finished, success before failure. */
    private static final List<Status> MOST_TELLING = List.of(
            SENDING,
            RETRYING,
            QUEUED,
            DEFERRED,
            DELIVERED,
            SENT,
            COMPLAINED,
            BOUNCED,
            DEAD_LETTERED,
            EXPIRED,
            CANCELLED,
            SUPPRESSED);

    /** Whether our work for it is done, unless it is redriven. The provider may still report on what was sent. */
    public boolean isTerminal() {
        return switch (this) {
            case DEFERRED, QUEUED, SENDING, RETRYING -> false;
            case SUPPRESSED, CANCELLED, EXPIRED, SENT, DELIVERED, BOUNCED, COMPLAINED, DEAD_LETTERED -> true;
        };
    }

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether this status comes with a reason why nothing is sent, or not yet. */
    boolean hasReason() {
        return this == SUPPRESSED || this == EXPIRED || this == CANCELLED || this == DEFERRED;
    }

    /** The status of a notification that is not sent, for a reason. */
    static Status of(Reason reason) {
        return switch (reason) {
            case EXPIRED -> EXPIRED;
            case CANCELLED -> CANCELLED;
            default -> SUPPRESSED;
        };
    }

    /** The status of a notification with these delivery statuses. */
    public static Status of(Collection<Status> deliveries) {
        return MOST_TELLING.stream().filter(deliveries::contains).findFirst().orElse(SUPPRESSED);
    }
}
