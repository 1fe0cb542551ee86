package dev.carillon.eventsourced.backtest;

import dev.carillon.eventsourced.reaction.BacktestReaction;
import dev.carillon.eventsourced.reaction.BacktestReactions;
import dev.carillon.eventsourced.rule.RuleBook;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Runs backtests on worker threads, because the rules under test may hold a thread for long, and stops them at a
 * deadline.
 */
@ApplicationScoped
class Bench {

    private final BacktestReactions rehearsals;
    private final Vertx vertx;
    private final BacktestSettings settings;

    Bench(BacktestReactions rehearsals, Vertx vertx, BacktestSettings settings) {
        this.rehearsals = rehearsals;
        this.vertx = vertx;
        this.settings = settings;
    }

    /** The rules of a run, which stop when it does. */
    BacktestReaction rehearsal(RuleBook rules, Run run) {
        return rehearsals.begin(rules, run.stretch().start().recordedAt(), run.course()::isCancelled);
    }

    /** Runs it, what the database answers included, on a context of worker threads. */
    Uni<Report> run(Backtest backtest, Run run) {
        return Uni.createFrom()
                .<Report>emitter(emitter -> ((VertxInternal) vertx)
                        .createWorkerContext()
                        .runOnContext(begin -> Uni.createFrom()
                                .deferred(backtest::run)
                                .subscribe()
                                .with(emitter::complete, emitter::fail)))
                .plug(working -> untilDeadline(working, run));
    }

    private Uni<Report> untilDeadline(Uni<Report> working, Run run) {
        return Uni.createFrom().deferred(() -> {
            long timer = vertx.setTimer(settings.deadline().toMillis(), late -> {
                Log.warnf("backtest stops at its deadline: id=%s deadline=%s", run.id(), settings.deadline());
                run.course().outOfTime();
            });
            return working.onTermination().invoke(() -> vertx.cancelTimer(timer));
        });
    }
}
