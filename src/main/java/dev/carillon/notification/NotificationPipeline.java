package dev.carillon.notification;

import dev.carillon.delivery.dispatch.DeliveryBell;
import dev.carillon.notification.NotificationDecision.ChannelResult.Send;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.notification.throttle.Recent;
import dev.carillon.notification.throttle.ThrottleHistory;
import dev.carillon.notification.throttle.ThrottleLedger;
import dev.carillon.notification.throttle.ThrottleLedger.ThrottleOf;
import dev.carillon.platform.lww.AsOf;
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
 * The entry point for commands. Everything a command leads to (notification, decision record, deliveries, outbox rows,
 * business key) is written in the transaction it is submitted in. Afterwards {@link #committed} starts the sending.
 */
@ApplicationScoped
public class NotificationPipeline {

    private final BusinessKeys businessKeys;
    private final RecipientDirectory recipients;
    private final ThrottleLedger throttles;
    private final GateChain corridor;
    private final NotificationWriter writer;
    private final DeliveryBell bell;
    private final DecisionMetrics metrics;

    NotificationPipeline(
            BusinessKeys businessKeys,
            RecipientDirectory recipients,
            ThrottleLedger throttles,
            GateChain corridor,
            NotificationWriter writer,
            DeliveryBell bell,
            DecisionMetrics metrics) {
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
        return businessKeys
                .reserve(tx, commands)
                .chain(reservation -> recipients(tx, commands)
                        .chain(found -> throttles
                                .recall(tx, asked(commands, reservation, found))
                                .map(history -> new DecisionInput(reservation, found, history))))
                .chain(known -> settled(
                        tx,
                        known,
                        commands.stream().map(command -> decide(command, known)).toList()));
    }

    private Uni<List<Receipt>> settled(Tx tx, DecisionInput known, List<NotificationDecision> results) {
        return businessKeys
                .settle(tx, known.reservation())
                .chain(() -> throttles.keep(tx, known.history()))
                .chain(() -> writer.write(tx, results))
                .map(written ->
                        results.stream().map(NotificationPipeline::receipt).toList());
    }

    /** The facts needed to decide a batch. What is decided joins them, so the next command sees it. */
    private record DecisionInput(
            Reservation reservation, Map<AsOf<Recipient.RecipientKey>, Recipient> recipients, ThrottleHistory history) {

        Recent recent(NotificationCommand command) {
            return throttle -> history.of(command.tenant(), throttle);
        }

        void rang(NotificationDecision result) {
            reservation.rang(result.command());
            result.counted().forEach(history::add);
        }
    }

    /** Call it after the commit: it counts, and rings the bells of the channels that have something to send now. */
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

    /**
     * Door 2 reads recipients as they are now. Door 1 reads them as of a position that its decision names, so that the
     * decision can be repeated.
     */
    private Uni<Map<AsOf<Recipient.RecipientKey>, Recipient>> recipients(Tx tx, List<NotificationCommand> commands) {
        var keys = commands.stream()
                .filter(command -> !command.internal())
                .map(NotificationCommand::recipientAsOf)
                .distinct()
                .toList();
        var present = keys.stream()
                .filter(key -> key.position() == NotificationCommand.PRESENT)
                .map(AsOf::key)
                .toList();
        return recipients
                .asOf(
                        tx,
                        keys.stream()
                                .filter(key -> key.position() != NotificationCommand.PRESENT)
                                .toList())
                .chain(then -> recipients.find(tx, present).map(now -> {
                    var known = new HashMap<>(then);
                    now.forEach((key, recipient) -> known.put(new AsOf<>(key, NotificationCommand.PRESENT), recipient));
                    return known;
                }));
    }

    /**
     * The throttles of the commands and the caps of their recipients. Commands whose fact was already sent need none.
     */
    private List<ThrottleOf> asked(
            List<NotificationCommand> commands,
            Reservation reservation,
            Map<AsOf<Recipient.RecipientKey>, Recipient> found) {
        return commands.stream()
                .filter(command -> reservation.toldBy(command) == null)
                .flatMap(command -> Stream.of(
                                Optional.ofNullable(command.throttle()),
                                Optional.ofNullable(corridor.cap(command, found.get(command.recipientAsOf()))))
                        .flatMap(Optional::stream)
                        .map(throttle -> new ThrottleOf(command.tenant(), throttle)))
                .toList();
    }

    private NotificationDecision decide(NotificationCommand command, DecisionInput known) {
        try {
            var result = corridor.walk(
                    command,
                    known.reservation().toldBy(command),
                    known.recipients().get(command.recipientAsOf()),
                    known.recent(command));
            if (result.rings()) {
                known.rang(result);
            }
            return result;
        } catch (RuntimeException e) {
            throw new CommandFailedException(command, e);
        }
    }

    private static Receipt receipt(NotificationDecision result) {
        var refusal = result.refusal();
        var hold = result.hold();
        if (hold != null) {
            return new Receipt.Deferred(
                    result.command(), hold.until(), hold.reason() == null ? null : Reason.valueOf(hold.reason()));
        }
        if (refusal == null) {
            return new Receipt.Queued(
                    result.command(),
                    result.fates(Send.class).stream().map(Send::channel).toList());
        }
        if (result.unrecorded()) {
            return result.oversized()
                    ? new Receipt.TooLarge(result.command(), refusal.detail())
                    : new Receipt.UnknownRecipient(result.command());
        }
        return new Receipt.Suppressed(result.command(), refusal.reason(), refusal.detail(), result.duplicateOf());
    }
}
