package dev.carillon.eventsourced.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.eventsourced.backtest.BacktestRun.BacktestStretch;
import dev.carillon.eventsourced.journal.EventPlace;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A backtest holds no event loop, and does not run for ever. */
class BacktestRunnerTest {

    private final Vertx vertx = Vertx.vertx();
    private final BacktestRun run = new BacktestRun(
            "id", new BacktestStretch("shop", EventPlace.BEGINNING, 1, 10, Instant.EPOCH, null, null), Instant.EPOCH);

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void it_runs_on_worker_threads() {
        // Given
        var onWorker = new AtomicBoolean();
        var database = new Answering(
                () -> onWorker.set(
                        Context.isOnWorkerThread() && Vertx.currentContext().isWorkerContext()),
                Uni.createFrom().failure(new IllegalStateException("enough")));

        // When
        runner(Duration.ofMinutes(1))
                .run(backtest(database), run)
                .onFailure()
                .recoverWithNull()
                .await()
                .atMost(Duration.ofSeconds(10));

        // Then
        assertThat(onWorker).isTrue();
        assertThat(run.isStopped()).isFalse();
    }

    @Test
    void at_its_deadline_it_is_told_to_stop_and_says_so() {
        // When
        runner(Duration.ofMillis(1))
                .run(backtest(new Answering(() -> {}, Uni.createFrom().nothing())), run)
                .subscribe()
                .with(report -> {});

        // Then
        await().atMost(Duration.ofSeconds(10)).until(run::isStopped);
        run.end(new Difference(0).report(), Instant.EPOCH);
        assertThat(run.view(Instant.EPOCH).state()).isEqualTo("out-of-time");
    }

    @Test
    void a_short_one_stops_at_its_own_time_and_says_that_it_was_cut() {
        // Given
        var brief = new BacktestRun(
                "id",
                new BacktestStretch("shop", EventPlace.BEGINNING, 1, 10, Instant.EPOCH, 500, Duration.ofMillis(1)),
                Instant.EPOCH);

        // When
        runner(Duration.ofMinutes(1))
                .run(backtest(new Answering(() -> {}, Uni.createFrom().nothing())), brief)
                .subscribe()
                .with(report -> {});

        // Then
        await().atMost(Duration.ofSeconds(10)).until(brief::isStopped);
        brief.end(new Difference(0).report(), Instant.EPOCH);
        assertThat(brief.view(Instant.EPOCH).cut())
                .isEqualTo("only the latest 500 events count; time ran out after 0 events");
    }

    @Test
    void an_error_that_no_step_catches_ends_it() {
        // Given
        var tooDeep = new StackOverflowError("thrown where the database's answer comes in");
        var database = new Answering(
                () -> {},
                Uni.createFrom()
                        .emitter(emitter -> vertx.getOrCreateContext().runOnContext(answer -> {
                            throw tooDeep;
                        })));

        // When
        var outcome = runner(Duration.ofMinutes(1))
                .run(backtest(database), run)
                .onItem()
                .<Throwable>transform(report -> new AssertionError("a report"))
                .onFailure()
                .recoverWithItem(failure -> failure)
                .await()
                .atMost(Duration.ofSeconds(10));

        // Then
        assertThat(outcome).isSameAs(tooDeep);
    }

    @Test
    void one_that_is_done_has_come_to_its_end_whoever_owns_the_last_events() {
        // Given
        run.reached(9, 0.97);

        // When
        run.end(new Difference(0).report(), Instant.EPOCH);
        run.cancel();

        // Then
        assertThat(run.view(Instant.EPOCH).state()).isEqualTo("done");
        assertThat(run.view(Instant.EPOCH).progress()).isEqualTo(1);
    }

    @Test
    void one_that_was_stopped_says_how_far_it_came() {
        // Given
        run.reached(9, 0.97);
        run.cancel();

        // When
        run.end(new Difference(0).report(), Instant.EPOCH);

        // Then
        assertThat(run.view(Instant.EPOCH).state()).isEqualTo("cancelled");
        assertThat(run.view(Instant.EPOCH).progress()).isEqualTo(0.97);
    }

    private BacktestRunner runner(Duration deadline) {
        return new BacktestRunner(null, null, null, vertx, () -> deadline);
    }

    private Backtest backtest(Transactions transactions) {
        return new Backtest(transactions, null, null, run, null, 0);
    }

    private record Answering(Runnable asked, Uni<?> answer) implements Transactions {

        @Override
        @SuppressWarnings("unchecked")
        public <T> Uni<T> inTransaction(Function<Tx, Uni<T>> work) {
            asked.run();
            return (Uni<T>) answer;
        }
    }
}
