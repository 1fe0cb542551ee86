package dev.carillon.eventsourced.replay;

import dev.carillon.eventsourced.replay.MemoryRebuild.FoldedStretch;
import dev.carillon.eventsourced.replay.PgSideMemory.Hashes;
import dev.carillon.platform.rest.Diagnosis;
import dev.carillon.platform.rest.FailureLog;
import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One replay from start to end, and its progress. */
class ReplayRun {

    private final String id;
    private final Instant startedAt;
    private final MemoryRebuild rebuild;
    private final Clock clock;

    private volatile boolean cancelled;
    private volatile ReplayProgress progress = new ReplayProgress(0, 0, 0);
    private volatile @Nullable Hashes hashes;
    private volatile @Nullable ReplayEnd end;

    private record ReplayProgress(long position, long of, long events) {

        ReplayProgress at(FoldedStretch folded) {
            var reached = folded.place().position();
            return new ReplayProgress(reached, Math.max(of, reached), folded.events());
        }

        /** Behind the last event there may be positions taken by API changes. */
        ReplayProgress complete() {
            return new ReplayProgress(of, of, events);
        }
    }

    private record ReplayEnd(
            ReplayState state, Instant at, @Nullable String failure) {}

    ReplayRun(String id, MemoryRebuild rebuild, Clock clock) {
        this.id = id;
        this.rebuild = rebuild;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    String id() {
        return id;
    }

    boolean over() {
        return end != null;
    }

    /** Stops after the chunk at hand; memory stays as it is. Without effect once the tables change places. */
    void cancel() {
        cancelled = true;
    }

    /** Runs to its end, whichever that is, and lets the next one begin before it says so. */
    Uni<Replay> run(PgReplaySessions.ReplaySession session) {
        return outcome(session)
                .onFailure()
                .recoverWithUni(failure -> failed(session, failure))
                .call(session::close)
                .invoke(outcome -> end = outcome)
                .map(outcome -> view());
    }

    private Uni<ReplayEnd> outcome(Transactions transactions) {
        return rebuild.begin(transactions)
                .invoke(head -> progress = new ReplayProgress(0, head, 0))
                .chain(() -> rebuild.foldAll(transactions, folded -> progress = progress.at(folded), () -> cancelled))
                .call(folded -> cancelled
                        ? Uni.createFrom().voidItem()
                        : rebuild.compare(transactions, folded).invoke(both -> hashes = both))
                .chain(folded -> cancelled ? cancelled(transactions) : changedOver(transactions, folded));
    }

    private Uni<ReplayEnd> changedOver(Transactions transactions, FoldedStretch folded) {
        return rebuild.changeOver(transactions, folded).map(all -> {
            progress = progress.at(all).complete();
            return new ReplayEnd(ReplayState.DONE, clock.instant(), null);
        });
    }

    private Uni<ReplayEnd> cancelled(Transactions transactions) {
        return rebuild.abandon(transactions).map(gone -> new ReplayEnd(ReplayState.CANCELLED, clock.instant(), null));
    }

    private Uni<ReplayEnd> failed(Transactions transactions, Throwable failure) {
        Log.errorf(FailureLog.of(failure), "replay failed and memory is unchanged; start another one: replayId=%s", id);
        return rebuild.abandon(transactions)
                .onFailure()
                .invoke(left -> Log.warnf(
                        "side tables were not dropped; the next replay drops them: cause=%s", PgFailures.nameOf(left)))
                .onItemOrFailure()
                .transform(
                        (gone, left) -> new ReplayEnd(ReplayState.FAILED, clock.instant(), Diagnosis.inWords(failure)));
    }

    Replay view() {
        var now = progress;
        var over = end;
        var both = hashes;
        var millis = Duration.between(startedAt, over == null ? clock.instant() : over.at())
                .toMillis();
        return new Replay(
                id,
                over == null ? ReplayState.RUNNING : over.state(),
                now.position(),
                now.of(),
                now.events(),
                now.events() * 1000 / Math.max(1, millis),
                both == null ? null : both.live(),
                both == null ? null : both.rebuilt(),
                both == null ? null : both.equal(),
                over == null ? null : over.failure(),
                startedAt,
                over == null ? null : over.at());
    }
}
