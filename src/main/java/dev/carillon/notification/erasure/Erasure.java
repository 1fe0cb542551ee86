package dev.carillon.notification.erasure;

import java.time.Instant;

/**
 * A customer to be erased.
 *
 * @param position up to this position of the journal; later events are about a new customer
 * @param askedAt  when it was asked for
 */
public record Erasure(String tenant, String customerId, long position, Instant askedAt) {}
