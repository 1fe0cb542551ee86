package dev.carillon.eventsourced.backtest;

import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.eventsourced.reaction.Reaction;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.notification.BacktestPipeline;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Runs backtests on worker threads, because the rules under test may hold a thread for long, and stops them at a
 * deadline.
 */
@ApplicationScoped
class BacktestRunner {

    private final Reaction reaction;
    private final BacktestPipeline pipeline;
    private final EventJournal journal;
    private final Vertx vertx;
    private final BacktestSettings settings;

    BacktestRunner(
            Reaction reaction,
            BacktestPipeline pipeline,
            EventJournal journal,
            Vertx vertx,
            BacktestSettings settings) {
        this.reaction = reaction;
        this.pipeline = pipeline;
        this.journal = journal;
        this.vertx = vertx;
        this.settings = settings;
    }

    /** The reaction of a run, which stops when it does. What was sent before its start counts as sent. */
    BacktestReaction reaction(RuleBook rules, BacktestRun run) {
        return new BacktestReaction(
                rules, journal, reaction, pipeline.begin(run.stretch().start().recordedAt()), run::isStopped);
    }

    /** Runs it, what the database answers included, on a context of worker threads. */
    Uni<BacktestReport> run(Backtest backtest, BacktestRun run) {
        return Uni.createFrom()
                .<BacktestReport>emitter(emitter -> begin(backtest, emitter))
                .plug(working -> untilDeadline(working, run));
    }

    /** An error that no step of it catches, such as a stack that is too deep, gets to the context: it ends the backtest, too. */
    private void begin(Backtest backtest, UniEmitter<? super BacktestReport> emitter) {
        var workers = ((VertxInternal) vertx).createWorkerContext();
        workers.exceptionHandler(emitter::fail);
        workers.runOnContext(
                begin -> Uni.createFrom().deferred(backtest::run).subscribe().with(emitter::complete, emitter::fail));
    }

    private Uni<BacktestReport> untilDeadline(Uni<BacktestReport> working, BacktestRun run) {
        return Uni.createFrom().deferred(() -> {
            var within = run.stretch().within();
            var deadline = within == null ? settings.deadline() : within;
            long timer = vertx.setTimer(deadline.toMillis(), late -> {
                if (within == null) {
                    Log.warnf("backtest stops at its deadline: id=%s deadline=%s", run.id(), deadline);
                }
                run.outOfTime();
            });
            return working.onTermination().invoke(() -> vertx.cancelTimer(timer));
        });
    }
}
