package dev.carillon.notification;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.outbox.NewDelivery;
import dev.carillon.delivery.outbox.Outbox;
import dev.carillon.notification.NotificationDecision.ChannelResult.Send;
import dev.carillon.notification.unsubscribe.UnsubscribeTarget;
import dev.carillon.notification.unsubscribe.Unsubscribing;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes what the pipeline decided: the record for tracking, the deliveries for the outbox. The delivery on a
 * notification's first channel has the notification's id, so that most are found by it without an index of their own.
 */
@ApplicationScoped
class NotificationWriter {

    private final PgNotificationLog log;
    private final Outbox outbox;
    private final Unsubscribing unsubscribing;
    private final Ids ids;

    NotificationWriter(PgNotificationLog log, Outbox outbox, Unsubscribing unsubscribing, Ids ids) {
        this.log = log;
        this.outbox = outbox;
        this.unsubscribing = unsubscribing;
        this.ids = ids;
    }

    Uni<Void> write(Tx tx, List<Notification> notifications) {
        var recorded = notifications.stream().filter(Notification::isRecorded).toList();
        var deliveries = new ArrayList<NewDelivery>();
        for (var one : recorded) {
            var sends = one.decision().channels(Send.class);
            for (int n = 0; n < sends.size(); n++) {
                deliveries.add(
                        newDelivery(one, sends.get(n), n == 0 ? one.command().trackingId() : ids.next()));
            }
        }
        return Uni.combine()
                .all()
                .unis(log.record(tx, recorded), outbox.enqueue(tx, deliveries))
                .discardItems();
    }

    private NewDelivery newDelivery(Notification notification, Send send, String id) {
        var command = notification.command();
        var decision = notification.decision();
        return new NewDelivery(
                delivery(notification, send, id),
                command.type(),
                command.internal() ? null : command.customerId(),
                decision.hold() == null ? null : decision.hold().ofDelivery(),
                command.schedule().notBefore(command.decidedAt()),
                decision.basis());
    }

    private Delivery delivery(Notification notification, Send send, String id) {
        var command = notification.command();
        var content = send.content();
        return new Delivery(
                id,
                command.tenant(),
                command.trackingId(),
                send.channel(),
                send.address(),
                content.subject(),
                content.text(),
                content.html(),
                command.priority().ordinal(),
                command.schedule().expiresAt(),
                command.origin().traceparent(),
                command.internal()
                        ? null
                        : unsubscribing.link(new UnsubscribeTarget(
                                command.tenant(),
                                command.customerId(),
                                notification.decision().category(),
                                send.channel())));
    }
}
