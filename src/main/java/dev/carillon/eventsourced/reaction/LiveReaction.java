package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.eventsourced.waiting.Timers;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** The reaction at work: rows for what waits, the corridor for what is decided. */
@ApplicationScoped
class LiveReaction {

    private final Reaction reaction;
    private final EventJournal journal;
    private final Timers timers;
    private final LiveDesk desk;

    LiveReaction(LiveRules rules, Knowledge knowledge, Timers timers, LiveDesk desk, Voice voice) {
        this.reaction = new Reaction(new Reaction.Sources(rules, knowledge, knowledge.memory()::collected, timers),
                new HandOver(knowledge, timers, desk, voice), voice);
        this.journal = knowledge.journal();
        this.timers = timers;
        this.desk = desk;
    }

    /** Answers what was claimed, and strikes it off. */
    Uni<Reaction.Reacted> react(Tx tx, List<Occasion> occasions) {
        return reaction.react(tx, occasions)
                .call(reacted -> journal.answered(tx, reacted.progress()))
                .call(reacted -> timers.answered(tx, reacted.answered()));
    }

    /** Puts what broke its reaction aside. */
    Uni<Void> putAside(Tx tx, Occasion occasion, String error) {
        return occasion instanceof Occasion.Timed due ? timers.putAside(tx, due.timer(), error)
                : journal.putAside(tx, ((Occasion.Heard) occasion).pending(), error);
    }

    /** To be called after the commit. */
    void committed(Reaction.Reacted reacted) {
        desk.committed(reacted.handed());
    }
}
