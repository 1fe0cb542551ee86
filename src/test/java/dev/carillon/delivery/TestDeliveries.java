package dev.carillon.delivery;

import com.github.f4b6a3.ulid.UlidCreator;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Deliveries for tests. */
public final class TestDeliveries {

    private TestDeliveries() {}

    public static Delivery delivery(String channel, int priority) {
        return delivery(channel, priority, null);
    }

    public static Delivery delivery(String channel, int priority, @Nullable Instant expiresAt) {
        var notification = id();
        return new Delivery(
                id(),
                "test-deliveries",
                notification,
                channel,
                "someone@example.com",
                "Subject",
                "Text",
                null,
                priority,
                expiresAt,
                null,
                null);
    }

    public static Delivery of(String tenant, String channel) {
        var notification = id(); // before its deliveries, as everywhere
        return new Delivery(
                id(),
                tenant,
                notification,
                channel,
                "someone@example.com",
                "Subject",
                "Text",
                null,
                1,
                null,
                null,
                null);
    }

    /** A mail to {@code someone@example.com}. */
    public static Delivery mail(
            @Nullable String subject, String text, @Nullable String html, @Nullable String unsubscribeUrl) {
        var notification = id();
        return new Delivery(
                id(),
                "test-deliveries",
                notification,
                "email",
                "someone@example.com",
                subject,
                text,
                html,
                1,
                null,
                null,
                unsubscribeUrl);
    }

    /** A message to an address. */
    public static Delivery to(String channel, String recipient, String text, @Nullable Instant expiresAt) {
        var notification = id();
        return new Delivery(
                id(),
                "test-deliveries",
                notification,
                channel,
                recipient,
                "Subject",
                text,
                null,
                1,
                expiresAt,
                null,
                null);
    }

    public static LeasedDelivery leased(Delivery delivery, int attempt, Instant at) {
        return new LeasedDelivery(delivery, attempt, attempt, at, Duration.ofSeconds(30), null);
    }

    public static String id() {
        return UlidCreator.getMonotonicUlid().toString();
    }
}
