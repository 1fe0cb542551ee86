package dev.carillon.eventsourced.reaction;

import dev.carillon.notification.NotificationCommand;
import dev.carillon.notification.Receipt;
import dev.carillon.notification.decision.RuleDecision;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Takes decisions: live the notification pipeline, in a backtest its simulation. */
interface DecisionSink {

    /** The position that counts as now: recipients are read as of it. */
    Uni<CurrentPosition> present(Tx tx);

    /** One receipt a command, in order. */
    Uni<List<Receipt>> submit(Tx tx, List<NotificationCommand> commands);

    /** Everything that did not become a command. */
    Uni<Void> record(Tx tx, List<RuleDecision> decided);
}
