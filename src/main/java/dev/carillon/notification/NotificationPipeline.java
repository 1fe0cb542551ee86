package dev.carillon.notification;

import dev.carillon.notification.NotificationDecision.ChannelResult.Send;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.notification.recipient.RecipientKey;
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
import java.util.stream.Stream;

/**
 * The entry point for commands. Everything a command leads to (notification, decision record, deliveries, outbox rows,
 * business key) is written in the transaction it is submitted in. What is to go now starts when that is committed.
 *
 * <p>Statements that do not need each other's answers are sent together. The database carries them out in the order in
 * which they are named here.
 */
@ApplicationScoped
public class NotificationPipeline {

    private final PgBusinessKeys businessKeys;
    private final RecipientDirectory recipients;
    private final ThrottleLedger throttles;
    private final GateChain gates;
    private final NotificationWriter writer;
    private final DecisionMetrics metrics;

    NotificationPipeline(
            PgBusinessKeys businessKeys,
            RecipientDirectory recipients,
            ThrottleLedger throttles,
            GateChain gates,
            NotificationWriter writer,
            DecisionMetrics metrics) {
        this.businessKeys = businessKeys;
        this.recipients = recipients;
        this.throttles = throttles;
        this.gates = gates;
        this.writer = writer;
        this.metrics = metrics;
    }

    /** Takes commands in; answers one receipt each, in order. Nothing is sent before the transaction is committed. */
    public Uni<List<Receipt>> submit(Tx tx, List<NotificationCommand> commands) {
        return submit(tx, commands, Map.of());
    }

    /** @param known recipients that were read already, as of the positions that the commands name */
    public Uni<List<Receipt>> submit(
            Tx tx, List<NotificationCommand> commands, Map<AsOf<RecipientKey>, Recipient> known) {
        if (commands.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return Uni.combine()
                .all()
                .unis(businessKeys.reserve(tx, commands), recipients(tx, commands, known))
                .withUni((reservation, found) -> throttles
                        .recall(tx, asked(commands, reservation, found))
                        .map(history -> new DecisionInput(reservation, found, history)))
                .chain(input -> recorded(
                        tx,
                        input,
                        commands.stream().map(command -> decide(command, input)).toList()));
    }

    private Uni<List<Receipt>> recorded(Tx tx, DecisionInput input, List<Notification> notifications) {
        return Uni.combine()
                .all()
                .unis(
                        businessKeys.settle(tx, input.reservation()),
                        throttles.keep(tx, input.history()),
                        writer.write(tx, notifications))
                .discardItems()
                .map(written -> notifications.stream()
                        .map(NotificationPipeline::receipt)
                        .toList());
    }

    /** The facts needed to decide a batch. What is decided joins them, so the next command sees it. */
    private record DecisionInput(
            Reservation reservation, Map<AsOf<RecipientKey>, Recipient> recipients, ThrottleHistory history) {

        Recent recent(NotificationCommand command) {
            return throttle -> history.of(command.tenant(), throttle);
        }

        void sent(NotificationCommand command, NotificationDecision decision) {
            reservation.sent(command);
            decision.counted().forEach(history::add);
        }
    }

    /** Call it after the commit: it counts. What is to be sent now has started by itself. */
    public void committed(Collection<Receipt> receipts) {
        receipts.forEach(metrics::decided);
    }

    /**
     * Door 2 reads recipients as they are now. Door 1 reads them as of a position that its decision names, so that the
     * decision can be repeated.
     */
    private Uni<Map<AsOf<RecipientKey>, Recipient>> recipients(
            Tx tx, List<NotificationCommand> commands, Map<AsOf<RecipientKey>, Recipient> known) {
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
                                .filter(key -> !known.containsKey(key))
                                .toList())
                .chain(then -> recipients.find(tx, present).map(now -> {
                    var all = new HashMap<>(known);
                    all.putAll(then);
                    now.forEach((key, recipient) -> all.put(new AsOf<>(key, NotificationCommand.PRESENT), recipient));
                    return all;
                }));
    }

    /**
     * The throttles of the commands and the caps of their recipients. Commands whose fact was already sent need none.
     */
    private List<ThrottleOf> asked(
            List<NotificationCommand> commands, Reservation reservation, Map<AsOf<RecipientKey>, Recipient> found) {
        return commands.stream()
                .filter(command -> reservation.duplicateOf(command) == null)
                .flatMap(command -> Stream.of(
                                Optional.ofNullable(command.throttle()),
                                Optional.ofNullable(gates.cap(command, found.get(command.recipientAsOf()))))
                        .flatMap(Optional::stream)
                        .map(throttle -> new ThrottleOf(command.tenant(), throttle)))
                .toList();
    }

    private Notification decide(NotificationCommand command, DecisionInput input) {
        try {
            var decision = gates.decide(
                    command,
                    input.reservation().duplicateOf(command),
                    input.recipients().get(command.recipientAsOf()),
                    input.recent(command));
            if (decision.sends()) {
                input.sent(command, decision);
            }
            return new Notification(command, decision);
        } catch (RuntimeException | StackOverflowError e) { // one command alone: its neighbours are not at fault
            throw new CommandFailedException(command, e);
        }
    }

    private static Receipt receipt(Notification notification) {
        var command = notification.command();
        var decision = notification.decision();
        var refusal = decision.refusal();
        var hold = decision.hold();
        if (refusal == null) {
            return hold == null
                    ? new Receipt.Queued(
                            command,
                            decision.channels(Send.class).stream()
                                    .map(Send::channel)
                                    .toList())
                    : new Receipt.Deferred(command, hold.until(), hold.reason());
        }
        if (notification.isRecorded()) {
            return new Receipt.Suppressed(command, refusal.reason(), refusal.detail(), decision.duplicateOf());
        }
        return notification.isTooLarge()
                ? new Receipt.TooLarge(command, refusal.detail())
                : new Receipt.UnknownRecipient(command);
    }
}
