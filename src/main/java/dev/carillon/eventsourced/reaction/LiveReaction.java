package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.eventsourced.timer.Timers;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The live reaction: timers are rows, decisions go to the notification pipeline. */
@ApplicationScoped
class LiveReaction {

    private final Reaction reaction;
    private final EventJournal journal;
    private final Timers timers;
    private final LiveDecisionSink desk;

    LiveReaction(
            LiveRules rules,
            AsOfLookups knowledge,
            Timers timers,
            LiveDecisionSink desk,
            DecisionMapper decisionMapper) {
        this.reaction = new Reaction(
                new Reaction.Sources(rules, knowledge, knowledge.memory()::collected, timers),
                new DecisionStage(knowledge, timers, desk, decisionMapper),
                decisionMapper);
        this.journal = knowledge.journal();
        this.timers = timers;
        this.desk = desk;
    }

    /** Answers the claimed triggers, and marks them as done. */
    Uni<Reaction.Reacted> react(Tx tx, List<Trigger> triggers) {
        return reaction.react(tx, triggers)
                .call(reacted -> journal.answered(tx, reacted.progress()))
                .call(reacted -> timers.answered(tx, reacted.answered()));
    }

    /** Sets a failed trigger aside. */
    Uni<Void> putAside(Tx tx, Trigger trigger, String error) {
        return trigger instanceof Trigger.TimedTrigger due
                ? timers.putAside(tx, due.timer(), error)
                : journal.putAside(tx, ((Trigger.EventPublished) trigger).pending(), error);
    }

    /** Call it after the commit. */
    void committed(Reaction.Reacted reacted) {
        desk.committed(reacted.handed());
    }
}
