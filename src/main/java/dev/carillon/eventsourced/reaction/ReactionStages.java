package dev.carillon.eventsourced.reaction;

import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.steps.Journeys;
import dev.carillon.platform.telemetry.Traces;
import jakarta.enterprise.context.ApplicationScoped;

/** The beans that all reaction loops share. */
@ApplicationScoped
class ReactionStages {

    private final ReactionLoop.Stages stages;

    ReactionStages(
            Transactions transactions, Triggers triggers, LiveReaction reaction, Journeys journeys, Traces traces) {
        this.stages = new ReactionLoop.Stages(transactions, triggers, reaction, journeys, traces);
    }

    ReactionLoop.Stages stages() {
        return stages;
    }
}
