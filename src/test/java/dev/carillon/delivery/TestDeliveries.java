package dev.carillon.delivery;

import com.github.f4b6a3.ulid.UlidCreator;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Deliveries for tests. */
public final class TestDeliveries {

    private static final String TENANT = "test-deliveries";
    private static final String SOMEONE = "someone@example.com";

    private TestDeliveries() {}

    public static Delivery delivery(String channel, int priority) {
        return delivery(channel, priority, null);
    }

    public static Delivery delivery(String channel, int priority, @Nullable Instant expiresAt) {
        return of(TENANT, channel, priority, expiresAt);
    }

    public static Delivery of(String tenant, String channel) {
        return of(tenant, channel, 1, null);
    }

    public static Delivery of(String tenant, String channel, int priority, @Nullable Instant expiresAt) {
        return delivery(tenant, channel, SOMEONE, "Subject", "Text", null, priority, expiresAt, null);
    }

    /** A mail to {@code someone@example.com}. */
    public static Delivery mail(
            @Nullable String subject, String text, @Nullable String html, @Nullable String unsubscribeUrl) {
        return delivery(TENANT, "email", SOMEONE, subject, text, html, 1, null, unsubscribeUrl);
    }

    /** A message to an address. */
    public static Delivery to(String channel, String recipient, String text, @Nullable Instant expiresAt) {
        return delivery(TENANT, channel, recipient, "Subject", text, null, 1, expiresAt, null);
    }

    private static Delivery delivery(
            String tenant,
            String channel,
            String recipient,
            @Nullable String subject,
            String text,
            @Nullable String html,
            int priority,
            @Nullable Instant expiresAt,
            @Nullable String unsubscribeUrl) {
        var notification = id(); // before its deliveries, as everywhere
        return new Delivery(
                id(),
                tenant,
                notification,
                channel,
                recipient,
                subject,
                text,
                html,
                priority,
                expiresAt,
                null,
                unsubscribeUrl);
    }

    public static LeasedDelivery leased(Delivery delivery, int attempt, Instant at) {
        return new LeasedDelivery(delivery, attempt, attempt, at, Duration.ofSeconds(30), null);
    }

    public static String id() {
        return UlidCreator.getMonotonicUlid().toString();
    }
}
