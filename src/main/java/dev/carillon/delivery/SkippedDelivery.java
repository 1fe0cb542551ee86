package dev.carillon.delivery;

/** A channel that nothing goes out on, and the reason. It is stored beside the deliveries that go out. */
public record SkippedDelivery(
        String id, String tenant, String notificationId, String channel, String reason, String detail) {}
