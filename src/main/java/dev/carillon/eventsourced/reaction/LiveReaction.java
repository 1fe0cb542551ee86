package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.eventsourced.memory.Memory;
import dev.carillon.eventsourced.timer.Timers;
import dev.carillon.notification.DecisionMetrics;
import dev.carillon.notification.NotificationCommand;
import dev.carillon.notification.NotificationPipeline;
import dev.carillon.notification.PgNotificationLog;
import dev.carillon.notification.Receipt;
import dev.carillon.notification.decision.RuleDecision;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.recipient.RecipientKey;
import dev.carillon.platform.lww.AsOf;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** The live reaction: timers are rows, commands go to the notification pipeline, and every "no" is recorded. */
@ApplicationScoped
class LiveReaction implements DecisionSink {

    private final Reaction reaction;
    private final Reaction.Ports ports;
    private final EventJournal journal;
    private final Timers timers;
    private final NotificationPipeline pipeline;
    private final PgNotificationLog log;
    private final DecisionMetrics metrics;
    private final CostlyRules costly;

    LiveReaction(
            Reaction reaction,
            LiveRules rules,
            Memory memory,
            EventJournal journal,
            Timers timers,
            NotificationPipeline pipeline,
            PgNotificationLog log,
            DecisionMetrics metrics,
            CostlyRules costly) {
        this.reaction = reaction;
        this.ports = new Reaction.Ports(rules, memory::collected, timers, this);
        this.journal = journal;
        this.timers = timers;
        this.pipeline = pipeline;
        this.log = log;
        this.metrics = metrics;
        this.costly = costly;
    }

    /** Answers the claimed triggers, and marks them as done. */
    Uni<Reaction.Reacted> react(Tx tx, List<Trigger> triggers) {
        return reaction.react(tx, ports, triggers)
                .call(reacted -> journal.answered(tx, reacted.progress()))
                .call(reacted -> timers.answered(tx, reacted.timers()));
    }

    /** Call it after the commit. */
    void committed(Reaction.Reacted reacted) {
        pipeline.committed(reacted.receipts());
        reacted.decided().forEach(metrics::decided);
        reacted.decided().forEach(costly::decided);
    }

    /** Sets a failed trigger aside. */
    Uni<Void> putAside(Tx tx, Trigger trigger, String error) {
        return trigger instanceof Trigger.TimedTrigger due
                ? timers.putAside(tx, due.timer(), error)
                : journal.putAside(tx, ((Trigger.EventPublished) trigger).pending(), error);
    }

    @Override
    public Uni<CurrentPosition> present(Tx tx) {
        return journal.head(tx).map(head -> trigger -> head.position());
    }

    @Override
    public Uni<List<Receipt>> submit(
            Tx tx, List<NotificationCommand> commands, Map<AsOf<RecipientKey>, Recipient> known) {
        return pipeline.submit(tx, commands, known);
    }

    @Override
    public Uni<Void> record(Tx tx, List<RuleDecision> decided) {
        return log.recordDecided(tx, decided);
    }
}
