package dev.carillon.notification;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.outbox.DecisionBasis;
import dev.carillon.notification.decision.Origin.CallOrigin;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Records the notification that a delivery belongs to, for tests of what comes after the pipeline. */
@ApplicationScoped
public class RecordedNotifications {

    private final PgNotificationLog log;

    RecordedNotifications(PgNotificationLog log) {
        this.log = log;
    }

    public Uni<Void> record(Tx tx, Delivery delivery, String customerId, Instant decidedAt) {
        var command = new NotificationCommand(
                delivery.tenant(),
                delivery.notificationId(),
                "ORDER_SHIPPED",
                customerId,
                Map.of(),
                null,
                List.of(),
                Priority.NORMAL,
                null,
                new CallOrigin(null),
                decidedAt,
                null,
                Schedule.NONE,
                false,
                null);
        var decision = new NotificationDecision(
                "order_updates", List.of(), null, null, List.of(), null, DecisionBasis.NEVER, List.of());
        return log.record(tx, List.of(new Notification(command, decision)));
    }
}
