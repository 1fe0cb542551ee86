package dev.carillon.delivery;

/** A channel nothing goes out on, and the reason, kept beside the deliveries that do. */
public record SkippedDelivery(
        String id, String tenant, String notificationId, String channel, String reason, String detail) {}
