package dev.carillon.delivery.outbox;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** A parcel that was held and is due to be judged again, locked until the transaction ends. */
public record HeldParcel(String id, String tenant, String notificationId, String customerId, String channel, String recipient,
                         @Nullable Instant expiresAt) {
}
