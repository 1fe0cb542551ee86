package dev.carillon.notification.tracking;

import org.jspecify.annotations.Nullable;

/**
 * The event that a decision answers: two sources may use one id for two events, and a position is the event's own.
 *
 * @param eventId  null when the journal does not have it any more
 * @param position its place in the journal
 */
public record EventRef(@Nullable String eventId, long position) {}
