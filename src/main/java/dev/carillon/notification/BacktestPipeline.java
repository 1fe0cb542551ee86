package dev.carillon.notification;

import dev.carillon.notification.BacktestReceipt.Words;
import dev.carillon.notification.NotificationDecision.ChannelResult.Send;
import dev.carillon.notification.recipient.CustomerZones;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.notification.recipient.RecipientKey;
import dev.carillon.notification.throttle.Throttle;
import dev.carillon.platform.lww.AsOf;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs the pipeline's gates in the same order for a backtest. It reserves, writes and sends nothing. */
@ApplicationScoped
public class BacktestPipeline {

    private final GateChain gates;
    private final RecipientDirectory recipients;
    private final PgBusinessKeys keys;
    private final PgSentElsewhere sent;
    private final CustomerZones zones;

    BacktestPipeline(
            GateChain gates,
            RecipientDirectory recipients,
            PgBusinessKeys keys,
            PgSentElsewhere sent,
            CustomerZones zones) {
        this.gates = gates;
        this.recipients = recipients;
        this.keys = keys;
        this.sent = sent;
        this.zones = zones;
    }

    /** @param since what was sent before this time counts as sent; what was sent later only if it came through door 2 */
    public BacktestSession begin(Instant since) {
        return new BacktestSession(since);
    }

    /** One backtest. Remembers which customers it would have notified of what. Not thread-safe. */
    public final class BacktestSession {

        private final Instant since;
        private final Map<BusinessKey, String> notified = new HashMap<>();
        private final BacktestSends sends = new BacktestSends();

        private BacktestSession(Instant since) {
            this.since = since;
        }

        /** One answer a command, in order. */
        public Uni<List<BacktestReceipt>> submit(Tx tx, List<NotificationCommand> commands) {
            var asked = commands.stream()
                    .map(NotificationCommand::fact)
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
            var customers = commands.stream()
                    .filter(command -> !command.internal())
                    .map(NotificationCommand::recipientAsOf)
                    .distinct()
                    .toList();
            return keys.sentElsewhere(tx, asked, since)
                    .chain(elsewhere -> recipients
                            .asOf(tx, customers)
                            .call(known -> sentElsewhere(tx, commands, known))
                            .map(known -> commands.stream()
                                    .map(command -> receipt(
                                            command,
                                            decide(
                                                    command,
                                                    duplicateOf(command, elsewhere),
                                                    known.get(command.recipientAsOf()))))
                                    .toList()));
        }

        /** A cap counts what came through both doors. Each customer is asked about once, and only if they have one. */
        private Uni<Void> sentElsewhere(
                Tx tx, List<NotificationCommand> commands, Map<AsOf<RecipientKey>, Recipient> known) {
            var caps = new HashMap<RecipientKey, Throttle>();
            commands.forEach(command -> {
                var cap = gates.cap(command, known.get(command.recipientAsOf()));
                if (cap != null && !sends.knowsElsewhere(command.tenant(), cap)) {
                    caps.put(command.recipientAsOf().key(), cap);
                }
            });
            return caps.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : sent.find(tx, List.copyOf(caps.keySet()), since)
                            .invoke(found -> found.forEach((customer, theirs) ->
                                    sends.elsewhere(customer.tenant(), caps.get(customer), theirs)))
                            .replaceWithVoid();
        }

        private NotificationDecision decide(
                NotificationCommand command, @Nullable String duplicateOf, @Nullable Recipient customer) {
            var cap = gates.cap(command, customer);
            if (cap != null) {
                sends.pass(command.tenant(), cap, command.decidedAt(), zones.of(customer));
            }
            return gates.decide(command, duplicateOf, customer, throttle -> sends.under(command.tenant(), throttle));
        }

        private @Nullable String duplicateOf(NotificationCommand command, Map<BusinessKey, String> elsewhere) {
            var fact = command.fact();
            return fact == null ? null : notified.getOrDefault(fact, elsewhere.get(fact));
        }

        private BacktestReceipt receipt(NotificationCommand command, NotificationDecision decision) {
            if (decision.refusal() != null) {
                return new BacktestReceipt(command, decision.refusal().reason(), null, Map.of());
            }
            if (command.fact() != null) {
                notified.putIfAbsent(command.fact(), command.trackingId());
            }
            decision.counted().forEach(sends::add);
            var texts = new LinkedHashMap<String, Words>();
            decision.channels(Send.class)
                    .forEach(send -> texts.put(
                            send.channel(),
                            Words.of(send.content().subject(), send.content().text())));
            return new BacktestReceipt(
                    command,
                    null,
                    decision.hold() == null ? null : decision.hold().until(),
                    texts);
        }
    }
}
