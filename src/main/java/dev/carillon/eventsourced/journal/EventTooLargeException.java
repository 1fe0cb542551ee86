package dev.carillon.eventsourced.journal;

/** An event is larger than allowed. */
public class EventTooLargeException extends IllegalArgumentException {

    private final long limit;

    EventTooLargeException(long limit) {
        super("an event may have at most " + limit + " bytes");
        this.limit = limit;
    }

    /** Bytes of data, traits and extensions, written as JSON. */
    public long limit() {
        return limit;
    }
}
