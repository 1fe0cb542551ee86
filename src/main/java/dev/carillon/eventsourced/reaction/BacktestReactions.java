package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.notification.BacktestPipeline;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Starts backtests. */
@ApplicationScoped
public class BacktestReactions {

    private final AsOfLookups knowledge;
    private final BacktestPipeline corridor;
    private final DecisionMapper decisionMapper;

    BacktestReactions(AsOfLookups knowledge, BacktestPipeline corridor, DecisionMapper decisionMapper) {
        this.knowledge = knowledge;
        this.corridor = corridor;
        this.decisionMapper = decisionMapper;
    }

    /**
     * @param since   the start of the range; what was sent before counts as sent
     * @param stopped whether it is to end before the next events, with a {@link BacktestStoppedException}
     */
    public BacktestReaction begin(RuleBook rules, Instant since, BooleanSupplier stopped) {
        return new BacktestReaction(rules, knowledge, corridor.begin(since), decisionMapper, stopped);
    }
}
