package dev.carillon.eventsourced.reaction;

import dev.carillon.notification.NotificationCommand;
import dev.carillon.notification.Receipt;
import dev.carillon.notification.decision.RuleDecision;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Takes decisions: live the notification pipeline, in a backtest its simulation. */
public interface DecisionSink {

    /** The journal position that counts as now for a trigger: recipients are read as of it. */
    interface CurrentPosition {
        long of(Trigger trigger);
    }

    /** The end of the journal, or in a backtest its end at that time. */
    Uni<CurrentPosition> present(Tx tx);

    /** One receipt a command, in order. */
    Uni<List<Receipt>> submit(Tx tx, List<NotificationCommand> commands);

    /** Everything that did not become a command. */
    Uni<Void> record(Tx tx, List<RuleDecision> decided);
}
