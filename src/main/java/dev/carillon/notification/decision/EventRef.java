package dev.carillon.notification.decision;

import org.jspecify.annotations.Nullable;

/**
 * The event that a decision answers. Two sources may use the same id for two events; the position is unique.
 *
 * @param eventId  null when the journal does not have it any more
 * @param position its place in the journal
 */
public record EventRef(@Nullable String eventId, long position) {}
