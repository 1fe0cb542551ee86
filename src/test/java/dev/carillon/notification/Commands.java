package dev.carillon.notification;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.carillon.notification.decision.EventRef;
import dev.carillon.notification.decision.Origin;
import dev.carillon.notification.decision.RuleRef;
import dev.carillon.notification.throttle.Throttle;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Commands for tests, and how they are varied. */
public final class Commands {

    private Commands() {}

    public static NotificationCommand orderShipped(String tenant, String customerId) {
        return command(tenant, customerId, "ORDER_SHIPPED", Map.of("orderId", "ord-001"));
    }

    /** Off until the customer says otherwise. */
    public static NotificationCommand priceDrop(String tenant, String customerId) {
        return command(
                tenant,
                customerId,
                "PRICE_DROP_ALERT",
                Map.of("productName", "Router", "oldPrice", 149.99, "newPrice", 119.99));
    }

    public static NotificationCommand command(
            String tenant, String customerId, String type, Map<String, Object> context) {
        return new NotificationCommand(
                tenant,
                UlidCreator.getMonotonicUlid().toString(),
                type,
                customerId,
                context,
                null,
                List.of(),
                Priority.NORMAL,
                null,
                new Origin.CallOrigin(null),
                Instant.parse("2026-03-01T12:00:00Z"),
                null,
                Schedule.NONE,
                false,
                null);
    }

    /** Of a rule that reads its recipient as it is now. */
    public static Origin byRule() {
        return new Origin.EventOrigin(
                new EventRef("evt-1", 1),
                new RuleRef("order-shipped", "1"),
                List.of(),
                null,
                NotificationCommand.PRESENT);
    }

    public static NotificationCommand keyed(NotificationCommand c, String businessKey) {
        return copy(c, businessKey, c.channels(), c.origin(), c.decidedAt(), c.throttle(), c.schedule(), c.internal());
    }

    public static NotificationCommand on(NotificationCommand c, String... channels) {
        return copy(
                c,
                c.businessKey(),
                List.of(channels),
                c.origin(),
                c.decidedAt(),
                c.throttle(),
                c.schedule(),
                c.internal());
    }

    public static NotificationCommand from(NotificationCommand c, Origin origin) {
        return copy(c, c.businessKey(), c.channels(), origin, c.decidedAt(), c.throttle(), c.schedule(), c.internal());
    }

    public static NotificationCommand throttled(NotificationCommand c, Throttle throttle) {
        return copy(c, c.businessKey(), c.channels(), c.origin(), c.decidedAt(), throttle, c.schedule(), c.internal());
    }

    public static NotificationCommand expiring(NotificationCommand c, Instant expiresAt) {
        return on(c, Schedule.until(expiresAt));
    }

    public static NotificationCommand scheduled(NotificationCommand c, Instant sendAt) {
        return on(c, new Schedule(sendAt, c.schedule().expiresAt()));
    }

    private static NotificationCommand on(NotificationCommand c, Schedule schedule) {
        return copy(c, c.businessKey(), c.channels(), c.origin(), c.decidedAt(), c.throttle(), schedule, c.internal());
    }

    public static NotificationCommand internal(NotificationCommand c) {
        return copy(c, c.businessKey(), c.channels(), c.origin(), c.decidedAt(), c.throttle(), c.schedule(), true);
    }

    public static NotificationCommand decided(NotificationCommand c, Instant at) {
        return copy(c, c.businessKey(), c.channels(), c.origin(), at, c.throttle(), c.schedule(), c.internal());
    }

    private static NotificationCommand copy(
            NotificationCommand c,
            @Nullable String businessKey,
            List<String> channels,
            Origin origin,
            Instant decidedAt,
            @Nullable Throttle throttle,
            Schedule schedule,
            boolean internal) {
        return new NotificationCommand(
                c.tenant(),
                c.trackingId(),
                c.type(),
                c.customerId(),
                c.context(),
                businessKey,
                channels,
                c.priority(),
                c.correlationId(),
                origin,
                decidedAt,
                throttle,
                schedule,
                internal,
                c.locale());
    }
}
