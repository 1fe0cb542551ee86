package dev.carillon.notification;

import dev.carillon.delivery.dispatch.DeliveryBell;
import dev.carillon.notification.Passage.ChannelFate.Ring;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Where commands are handed in. Everything a command leads to (notification, decision record, deliveries, outbox rows,
 * business key) is written in the transaction it is submitted in; afterwards {@link #committed} starts the sending.
 */
@ApplicationScoped
public class NotificationDesk {

    private final BusinessKeys businessKeys;
    private final RecipientDirectory recipients;
    private final Corridor corridor;
    private final NotificationWriter writer;
    private final DeliveryBell bell;
    private final DecisionMetrics metrics;

    NotificationDesk(BusinessKeys businessKeys, RecipientDirectory recipients, Corridor corridor, NotificationWriter writer,
                     DeliveryBell bell, DecisionMetrics metrics) {
        this.businessKeys = businessKeys;
        this.recipients = recipients;
        this.corridor = corridor;
        this.writer = writer;
        this.bell = bell;
        this.metrics = metrics;
    }

    /** Takes commands in; answers one receipt each, in order. Nothing is sent before the transaction is committed. */
    public Uni<List<Receipt>> submit(Tx tx, List<NotificationCommand> commands) {
        if (commands.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return businessKeys.reserve(tx, commands).chain(reservation -> recipients.find(tx, keysOf(commands))
                .map(found -> commands.stream().map(command -> decide(command, reservation, found.get(command.recipientKey()))).toList())
                .call(() -> businessKeys.settle(tx, reservation))
                .call(passages -> writer.write(tx, passages))
                .map(passages -> passages.stream().map(NotificationDesk::receipt).toList()));
    }

    /** To be called after the commit: counts, and rings the channels that have something to send now. */
    public void committed(Collection<Receipt> receipts) {
        var channels = new TreeSet<String>();
        receipts.forEach(receipt -> {
            metrics.decided(receipt);
            if (receipt instanceof Receipt.Queued queued) {
                channels.addAll(queued.channels());
            }
        });
        bell.ring(channels);
    }

    private static List<Recipient.Key> keysOf(List<NotificationCommand> commands) {
        return commands.stream().map(NotificationCommand::recipientKey).distinct().toList();
    }

    private Passage decide(NotificationCommand command, Reservation reservation, @Nullable Recipient recipient) {
        try {
            var passage = corridor.walk(command, reservation.toldBy(command), recipient);
            if (passage.rings()) {
                reservation.rang(command);
            }
            return passage;
        } catch (RuntimeException e) {
            throw new CommandBroke(command, e);
        }
    }

    private static Receipt receipt(Passage passage) {
        var refusal = passage.refusal();
        if (refusal == null) {
            return new Receipt.Queued(passage.command(), passage.fates(Ring.class).stream().map(Ring::channel).toList());
        }
        return passage.unrecorded() ? new Receipt.Unknown(passage.command())
                : new Receipt.Suppressed(passage.command(), refusal.reason(), refusal.detail(), passage.duplicateOf());
    }
}
