package dev.carillon.notification.erasure;

import java.time.Instant;

/**
 * A customer who is to be forgotten.
 *
 * @param position up to this event of the journal; what is heard later is news
 * @param askedAt  when it was asked for
 */
public record Erasure(String tenant, String customerId, long position, Instant askedAt) {}
