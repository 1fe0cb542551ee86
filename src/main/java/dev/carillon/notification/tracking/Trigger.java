package dev.carillon.notification.tracking;

/**
 * The event that a decision answers: two sources may use one id for two events, and a position is the event's own.
 *
 * @param position its place in the journal
 */
public record Trigger(String eventId, long position) {
}
