package dev.carillon.eventsourced.replay;

import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.sql.Transactions;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** One replay from its beginning to its end, and how far it is. */
class ReplayRun {

    private final String id;
    private final Instant startedAt;
    private final MemoryRebuild rebuild;
    private final Clock clock;

    private volatile boolean cancelled;
    private volatile Progress progress = new Progress(0, 0, 0);
    private volatile @Nullable Hashes hashes;
    private volatile @Nullable End end;

    private record Progress(long position, long of, long events) {

        Progress at(Stretch folded) {
            var reached = folded.place().position();
            return new Progress(reached, Math.max(of, reached), folded.events());
        }

        /** Behind the last event there may be positions that API changes have taken. */
        Progress complete() {
            return new Progress(of, of, events);
        }
    }

    private record End(ReplayState state, Instant at, @Nullable String failure) {
    }

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

    /** Runs to its end, whichever that is; fails with what broke it, after that is written down. */
    Uni<Void> run(Transactions transactions) {
        return rebuild.begin(transactions).invoke(head -> progress = new Progress(0, head, 0))
                .chain(() -> rebuild.walk(transactions, folded -> progress = progress.at(folded), () -> cancelled))
                .call(walked -> cancelled ? Uni.createFrom().voidItem() : rebuild.compare(transactions, walked).invoke(both -> hashes = both))
                .chain(walked -> cancelled ? cancelled(transactions) : changedOver(transactions, walked))
                .onFailure().recoverWithUni(failure -> failed(transactions, failure));
    }

    private Uni<Void> changedOver(Transactions transactions, Stretch walked) {
        return rebuild.changeOver(transactions, walked).invoke(all -> {
            progress = progress.at(all).complete();
            end = new End(ReplayState.DONE, clock.instant(), null);
        }).replaceWithVoid();
    }

    private Uni<Void> cancelled(Transactions transactions) {
        return rebuild.abandon(transactions).invoke(() -> end = new End(ReplayState.CANCELLED, clock.instant(), null));
    }

    private Uni<Void> failed(Transactions transactions, Throwable failure) {
        end = new End(ReplayState.FAILED, clock.instant(), PgFailures.nameOf(failure));
        return rebuild.abandon(transactions).onItemOrFailure().transformToUni((done, another) -> Uni.createFrom().failure(failure));
    }

    Replay view() {
        var now = progress;
        var over = end;
        var both = hashes;
        var millis = Duration.between(startedAt, over == null ? clock.instant() : over.at()).toMillis();
        return new Replay(id, over == null ? ReplayState.RUNNING : over.state(), now.position(), now.of(), now.events(),
                now.events() * 1000 / Math.max(1, millis), both == null ? null : both.live(), both == null ? null : both.rebuilt(),
                both == null ? null : both.equal(), over == null ? null : over.failure(), startedAt, over == null ? null : over.at());
    }
}
