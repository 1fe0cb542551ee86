package dev.carillon.eventsourced.reaction;

import dev.carillon.notification.NotificationCommand;
import dev.carillon.notification.Receipt;
import dev.carillon.notification.decision.RuleDecision;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.recipient.RecipientKey;
import dev.carillon.platform.lww.AsOf;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;

/** Takes decisions: live the notification pipeline, in a backtest its simulation. */
public interface DecisionSink {

    /** The journal position that counts as now for a trigger: recipients are read as of it. */
    interface CurrentPosition {
        long of(Trigger trigger);
    }

    /** The end of the journal, or in a backtest its end at that time. */
    Uni<CurrentPosition> present(Tx tx);

    /**
     * One receipt a command, in order.
     *
     * @param known recipients that were read already
     */
    Uni<List<Receipt>> submit(Tx tx, List<NotificationCommand> commands, Map<AsOf<RecipientKey>, Recipient> known);

    /** Everything that did not become a command. */
    Uni<Void> record(Tx tx, List<RuleDecision> decided);
}
