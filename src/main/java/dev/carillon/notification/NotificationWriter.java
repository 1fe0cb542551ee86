package dev.carillon.notification;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.SkippedDelivery;
import dev.carillon.delivery.outbox.NewDelivery;
import dev.carillon.delivery.outbox.Outbox;
import dev.carillon.notification.NotificationDecision.ChannelResult.Send;
import dev.carillon.notification.NotificationDecision.ChannelResult.Skip;
import dev.carillon.notification.statistics.Counting;
import dev.carillon.notification.tracking.NotificationLog;
import dev.carillon.notification.tracking.NotificationRecord;
import dev.carillon.notification.unsubscribe.UnsubscribeTarget;
import dev.carillon.notification.unsubscribe.Unsubscribing;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Writes what the pipeline decided: the record for tracking, the deliveries for the outbox. */
@ApplicationScoped
class NotificationWriter {

    private final NotificationLog log;
    private final Counting counting;
    private final Outbox outbox;
    private final Unsubscribing unsubscribing;
    private final Ids ids;

    NotificationWriter(NotificationLog log, Counting counting, Outbox outbox, Unsubscribing unsubscribing, Ids ids) {
        this.log = log;
        this.counting = counting;
        this.outbox = outbox;
        this.unsubscribing = unsubscribing;
        this.ids = ids;
    }

    Uni<Void> write(Tx tx, List<NotificationDecision> results) {
        var recorded = results.stream().filter(result -> !result.unrecorded()).toList();
        var deliveries = new ArrayList<NewDelivery>();
        var skipped = new ArrayList<SkippedDelivery>();
        for (var result : recorded) {
            result.fates(Send.class).forEach(ring -> deliveries.add(consignment(result, ring)));
            result.fates(Skip.class).forEach(skip -> skipped.add(skipped(result.command(), skip)));
        }
        var records = recorded.stream().map(NotificationWriter::record).toList();
        return log.record(tx, records)
                .chain(() -> counting.decided(tx, records))
                .chain(() -> outbox.enqueue(tx, deliveries, skipped));
    }

    private static NotificationRecord record(NotificationDecision result) {
        var command = result.command();
        var refusal = result.refusal();
        var hold = result.hold();
        return new NotificationRecord(
                command.tenant(),
                command.trackingId(),
                command.type(),
                result.category(),
                command.customerId(),
                command.context(),
                command.businessKey(),
                command.correlationId(),
                command.origin(),
                command.decidedAt(),
                new NotificationRecord.RecordedDecision(
                        refusal == null ? null : refusal.reason(),
                        refusal == null ? null : refusal.detail(),
                        result.duplicateOf(),
                        result.gates(),
                        hold == null
                                ? null
                                : new NotificationRecord.RecordedDecision.HeldUntil(hold.until(), hold.reason())),
                result.fates(Send.class).stream()
                        .findFirst()
                        .map(ring -> ring.content().edition())
                        .orElse(null));
    }

    private NewDelivery consignment(NotificationDecision result, Send ring) {
        var command = result.command();
        return new NewDelivery(
                delivery(result, ring),
                command.type(),
                command.internal() ? null : command.customerId(),
                result.hold(),
                result.notBefore(),
                result.judged());
    }

    private Delivery delivery(NotificationDecision result, Send ring) {
        var command = result.command();
        var content = ring.content();
        return new Delivery(
                ids.next(),
                command.tenant(),
                command.trackingId(),
                ring.channel(),
                ring.address(),
                content.subject(),
                content.text(),
                content.html(),
                command.priority().ordinal(),
                command.schedule().expiresAt(),
                command.origin().traceparent(),
                command.internal()
                        ? null
                        : unsubscribing.link(new UnsubscribeTarget(
                                command.tenant(), command.customerId(), result.category(), ring.channel())));
    }

    private SkippedDelivery skipped(NotificationCommand command, Skip skip) {
        return new SkippedDelivery(
                ids.next(),
                command.tenant(),
                command.trackingId(),
                skip.channel(),
                skip.reason().name(),
                skip.detail());
    }
}
