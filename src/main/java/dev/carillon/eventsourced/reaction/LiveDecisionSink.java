package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.notification.DecisionMetrics;
import dev.carillon.notification.NotificationCommand;
import dev.carillon.notification.NotificationPipeline;
import dev.carillon.notification.Receipt;
import dev.carillon.notification.decision.RuleDecision;
import dev.carillon.notification.tracking.NotificationLog;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Sends decisions to the notification pipeline, and records every "no". */
@ApplicationScoped
class LiveDecisionSink implements DecisionSink {

    private final EventJournal journal;
    private final NotificationPipeline corridor;
    private final NotificationLog log;
    private final DecisionMetrics metrics;
    private final CostlyRules costly;

    LiveDecisionSink(
            EventJournal journal,
            NotificationPipeline corridor,
            NotificationLog log,
            DecisionMetrics metrics,
            CostlyRules costly) {
        this.journal = journal;
        this.corridor = corridor;
        this.log = log;
        this.metrics = metrics;
        this.costly = costly;
    }

    /** Call it after the commit. */
    void committed(DecisionStage.StageResult handed) {
        corridor.committed(handed.receipts());
        handed.decided().forEach(metrics::decided);
        handed.decided().forEach(costly::decided);
    }

    @Override
    public Uni<CurrentPosition> present(Tx tx) {
        return journal.head(tx).map(head -> trigger -> head.position());
    }

    @Override
    public Uni<List<Receipt>> submit(Tx tx, List<NotificationCommand> commands) {
        return corridor.submit(tx, commands);
    }

    @Override
    public Uni<Void> record(Tx tx, List<RuleDecision> decided) {
        return log.recordDecided(tx, decided);
    }
}
