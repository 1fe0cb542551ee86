package dev.carillon.notification.throttle;

import java.time.Instant;

/**
 * A notification that was sent under a throttle and counts from then on.
 *
 * @param key         the throttle's
 * @param at          when it was decided
 * @param windowStart when the window it counts in was opened
 * @param until       after this it cannot count any more
 */
public record CountedSend(
        String tenant, String key, Instant at, Instant windowStart, Instant until, String notificationId) {}
