package dev.carillon.notification;

import dev.carillon.delivery.Parcel;
import dev.carillon.delivery.SkippedDelivery;
import dev.carillon.delivery.outbox.Consignment;
import dev.carillon.delivery.outbox.Outbox;
import dev.carillon.notification.Passage.ChannelFate.Ring;
import dev.carillon.notification.Passage.ChannelFate.Skip;
import dev.carillon.notification.statistics.Counting;
import dev.carillon.notification.tracking.NotificationLog;
import dev.carillon.notification.tracking.NotificationRecord;
import dev.carillon.notification.unsubscribe.Subscription;
import dev.carillon.notification.unsubscribe.Unsubscribing;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;

/** Writes down what the corridor decided: the record for tracking, the parcels for delivery. */
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

    Uni<Void> write(Tx tx, List<Passage> passages) {
        var recorded = passages.stream().filter(passage -> !passage.unrecorded()).toList();
        var parcels = new ArrayList<Consignment>();
        var skipped = new ArrayList<SkippedDelivery>();
        for (var passage : recorded) {
            passage.fates(Ring.class).forEach(ring -> parcels.add(consignment(passage, ring)));
            passage.fates(Skip.class).forEach(skip -> skipped.add(skipped(passage.command(), skip)));
        }
        var records = recorded.stream().map(NotificationWriter::record).toList();
        return log.record(tx, records).chain(() -> counting.decided(tx, records)).chain(() -> outbox.enqueue(tx, parcels, skipped));
    }

    private static NotificationRecord record(Passage passage) {
        var command = passage.command();
        var refusal = passage.refusal();
        var hold = passage.hold();
        return new NotificationRecord(command.tenant(), command.trackingId(), command.type(), passage.category(), command.customerId(),
                command.context(), command.businessKey(), command.correlationId(), command.origin(), command.decidedAt(),
                new NotificationRecord.Verdict(refusal == null ? null : refusal.reason(), refusal == null ? null : refusal.detail(),
                        passage.duplicateOf(), passage.gates(), hold == null ? null : new NotificationRecord.Verdict.Held(hold.until(), hold.reason())),
                passage.fates(Ring.class).stream().findFirst().map(ring -> ring.content().edition()).orElse(null));
    }

    private Consignment consignment(Passage passage, Ring ring) {
        var command = passage.command();
        return new Consignment(parcel(passage, ring), command.type(), command.internal() ? null : command.customerId(), passage.hold(), passage.notBefore(),
                passage.judged());
    }

    private Parcel parcel(Passage passage, Ring ring) {
        var command = passage.command();
        var content = ring.content();
        return new Parcel(ids.next(), command.tenant(), command.trackingId(), ring.channel(), ring.address(),
                content.subject(), content.text(), content.html(), command.priority().ordinal(), command.schedule().expiresAt(), command.origin().traceparent(),
                command.internal() ? null : unsubscribing.link(new Subscription(command.tenant(), command.customerId(), passage.category(), ring.channel())));
    }

    private SkippedDelivery skipped(NotificationCommand command, Skip skip) {
        return new SkippedDelivery(ids.next(), command.tenant(), command.trackingId(), skip.channel(), skip.reason().name(), skip.detail());
    }
}
