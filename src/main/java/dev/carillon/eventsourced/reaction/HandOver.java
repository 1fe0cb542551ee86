package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.rule.Decision;
import dev.carillon.eventsourced.rule.Decision.Ignore;
import dev.carillon.eventsourced.rule.Decision.Notify;
import dev.carillon.notification.DecisionMetrics;
import dev.carillon.notification.NotificationCommand;
import dev.carillon.notification.NotificationDesk;
import dev.carillon.notification.Receipt;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.notification.tracking.IgnoredEvent;
import dev.carillon.notification.tracking.NotificationLog;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Decides about each candidate, hands commands to the corridor, and writes every "no" down. */
@ApplicationScoped
class HandOver {

    private final RecipientDirectory recipients;
    private final NotificationDesk desk;
    private final NotificationLog log;
    private final DecisionMetrics metrics;
    private final Voice voice;

    HandOver(RecipientDirectory recipients, NotificationDesk desk, NotificationLog log, DecisionMetrics metrics, Voice voice) {
        this.recipients = recipients;
        this.desk = desk;
        this.log = log;
        this.metrics = metrics;
        this.voice = voice;
    }

    /** What was written, for whoever has to know after the commit. */
    record Handed(List<Receipt> receipts, List<IgnoredEvent> ignored) {
    }

    Uni<Handed> handOver(Tx tx, List<Reaction.Candidate> candidates, List<Reaction.Closed> closed) {
        return recipients.find(tx, keysOf(candidates)).chain(known -> {
            var commands = new ArrayList<NotificationCommand>();
            var ignored = new ArrayList<IgnoredEvent>();
            closed.forEach(one -> ignored.add(voice.ignored(one.hearing(), one.ignore())));
            for (var candidate : candidates) {
                var decision = decide(candidate, known);
                if (decision instanceof Notify notify) {
                    commands.add(voice.command(candidate.hearing(), notify));
                } else {
                    ignored.add(voice.ignored(candidate.hearing(), (Ignore) decision));
                }
            }
            return desk.submit(tx, commands).call(() -> log.recordIgnored(tx, ignored)).map(receipts -> new Handed(receipts, ignored));
        });
    }

    /** To be called after the commit. */
    void committed(Handed handed) {
        desk.committed(handed.receipts());
        handed.ignored().forEach(metrics::ignored);
    }

    private static Decision decide(Reaction.Candidate candidate, Map<Recipient.Key, Recipient> known) {
        var recipient = known.get(keyOf(candidate));
        var facts = recipient == null ? Map.<String, Object>of("id", candidate.customerId()) : recipient.asFacts();
        return candidate.hearing().rule().decide(candidate.hearing().event(), candidate.facts(), facts, candidate.hearing().event().recordedAt());
    }

    private static List<Recipient.Key> keysOf(List<Reaction.Candidate> candidates) {
        return candidates.stream().filter(Reaction.Candidate::needsCustomer).map(HandOver::keyOf).distinct().toList();
    }

    private static Recipient.Key keyOf(Reaction.Candidate candidate) {
        return new Recipient.Key(candidate.hearing().tenant(), candidate.customerId());
    }
}
