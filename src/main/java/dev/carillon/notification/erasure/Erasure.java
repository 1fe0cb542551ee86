package dev.carillon.notification.erasure;

import java.time.Instant;

/**
 * A customer to be erased.
 *
 * @param position up to this event of the journal; what is heard later is news
 * @param askedAt  when it was asked for
 */
public record Erasure(String tenant, String customerId, long position, Instant askedAt) {}
