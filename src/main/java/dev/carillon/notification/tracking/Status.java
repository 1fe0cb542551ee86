package dev.carillon.notification.tracking;

import com.fasterxml.jackson.annotation.JsonValue;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Where a notification or one of its deliveries stands.
 *
 * <pre>
 * accepted → suppressed
 *          → queued → sending ⇄ retrying → sent
 *                                        → dead-lettered
 * </pre>
 */
public enum Status {

    /** Nobody is told; the reason says why. */
    SUPPRESSED,
    /** In the outbox, not tried yet. */
    QUEUED,
    /** A process holds its lease and is trying. */
    SENDING,
    /** Tried, and to be tried again. */
    RETRYING,
    /** A provider took it. */
    SENT,
    /** Given up; the dead letter says why. */
    DEAD_LETTERED;

    /** What is still going on comes before what is over, a success before a failure. */
    private static final List<Status> MOST_TELLING = List.of(SENDING, RETRYING, QUEUED, SENT, DEAD_LETTERED, SUPPRESSED);

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The status of a notification whose deliveries stand like this. */
    public static Status of(Collection<Status> deliveries) {
        return MOST_TELLING.stream().filter(deliveries::contains).findFirst().orElse(SUPPRESSED);
    }
}
