package dev.carillon.notification;

import dev.carillon.delivery.dispatch.DeliveryBell;
import dev.carillon.notification.Passage.ChannelFate.Ring;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.notification.throttle.Recent;
import dev.carillon.notification.throttle.ThrottleHistory;
import dev.carillon.notification.throttle.ThrottleLedger;
import dev.carillon.notification.throttle.ThrottleLedger.Asked;
import dev.carillon.notification.tracking.Reason;
import dev.carillon.platform.latest.AsOf;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Where commands are handed in. Everything a command leads to (notification, decision record, deliveries, outbox rows,
 * business key) is written in the transaction it is submitted in; afterwards {@link #committed} starts the sending.
 */
@ApplicationScoped
public class NotificationDesk {

    private final BusinessKeys businessKeys;
    private final RecipientDirectory recipients;
    private final ThrottleLedger throttles;
    private final Corridor corridor;
    private final NotificationWriter writer;
    private final DeliveryBell bell;
    private final DecisionMetrics metrics;

    NotificationDesk(BusinessKeys businessKeys, RecipientDirectory recipients, ThrottleLedger throttles, Corridor corridor,
                     NotificationWriter writer, DeliveryBell bell, DecisionMetrics metrics) {
        this.businessKeys = businessKeys;
        this.recipients = recipients;
        this.throttles = throttles;
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
        return businessKeys.reserve(tx, commands)
                .chain(reservation -> recipients(tx, commands)
                        .chain(found -> throttles.recall(tx, asked(commands, reservation, found))
                                .map(history -> new Known(reservation, found, history))))
                .chain(known -> settled(tx, known, commands.stream().map(command -> decide(command, known)).toList()));
    }

    private Uni<List<Receipt>> settled(Tx tx, Known known, List<Passage> passages) {
        return businessKeys.settle(tx, known.reservation())
                .chain(() -> throttles.keep(tx, known.history()))
                .chain(() -> writer.write(tx, passages))
                .map(written -> passages.stream().map(NotificationDesk::receipt).toList());
    }

    /** What has to be known to decide about a batch; what it decides to send joins it, so that the next command sees it. */
    private record Known(Reservation reservation, Map<AsOf<Recipient.Key>, Recipient> recipients, ThrottleHistory history) {

        Recent recent(NotificationCommand command) {
            return throttle -> history.of(command.tenant(), throttle);
        }

        void rang(Passage passage) {
            reservation.rang(passage.command());
            passage.counted().forEach(history::add);
        }
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

    /** Door 2 judges the present; door 1 the present as of a position, which its decision names, so that it can be judged again. */
    private Uni<Map<AsOf<Recipient.Key>, Recipient>> recipients(Tx tx, List<NotificationCommand> commands) {
        var keys = commands.stream().filter(command -> !command.internal()).map(NotificationCommand::recipientThen).distinct().toList();
        var present = keys.stream().filter(key -> key.position() == NotificationCommand.PRESENT).map(AsOf::key).toList();
        return recipients.then(tx, keys.stream().filter(key -> key.position() != NotificationCommand.PRESENT).toList())
                .chain(then -> recipients.find(tx, present).map(now -> {
                    var known = new HashMap<>(then);
                    now.forEach((key, recipient) -> known.put(new AsOf<>(key, NotificationCommand.PRESENT), recipient));
                    return known;
                }));
    }

    /** The throttles of the commands and the caps of their recipients. Of what was told already none is asked. */
    private List<Asked> asked(List<NotificationCommand> commands, Reservation reservation, Map<AsOf<Recipient.Key>, Recipient> found) {
        return commands.stream().filter(command -> reservation.toldBy(command) == null)
                .flatMap(command -> Stream.of(Optional.ofNullable(command.throttle()), Optional.ofNullable(corridor.cap(command, found.get(command.recipientThen()))))
                        .flatMap(Optional::stream).map(throttle -> new Asked(command.tenant(), throttle)))
                .toList();
    }

    private Passage decide(NotificationCommand command, Known known) {
        try {
            var passage = corridor.walk(command, known.reservation().toldBy(command), known.recipients().get(command.recipientThen()), known.recent(command));
            if (passage.rings()) {
                known.rang(passage);
            }
            return passage;
        } catch (RuntimeException e) {
            throw new CommandBroke(command, e);
        }
    }

    private static Receipt receipt(Passage passage) {
        var refusal = passage.refusal();
        var hold = passage.hold();
        if (hold != null) {
            return new Receipt.Deferred(passage.command(), hold.until(), hold.reason() == null ? null : Reason.valueOf(hold.reason()));
        }
        if (refusal == null) {
            return new Receipt.Queued(passage.command(), passage.fates(Ring.class).stream().map(Ring::channel).toList());
        }
        if (passage.unrecorded()) {
            return passage.oversized() ? new Receipt.Oversized(passage.command(), refusal.detail()) : new Receipt.Unknown(passage.command());
        }
        return new Receipt.Suppressed(passage.command(), refusal.reason(), refusal.detail(), passage.duplicateOf());
    }
}
