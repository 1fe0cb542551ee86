package dev.carillon.eventsourced.replay;

import dev.carillon.platform.id.Ids;
import dev.carillon.platform.rest.FailureLog;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/** The recent replays of this process. The whole cluster runs one at a time. */
@ApplicationScoped
class Replays {

    private static final int KEPT = 20;

    private final PgReplaySessions sessions;
    private final MemoryRebuild rebuild;
    private final Ids ids;
    private final Clock clock;
    private final ConcurrentLinkedDeque<ReplayRun> runs = new ConcurrentLinkedDeque<>();

    Replays(PgReplaySessions sessions, MemoryRebuild rebuild, Ids ids, Clock clock) {
        this.sessions = sessions;
        this.rebuild = rebuild;
        this.ids = ids;
        this.clock = clock;
    }

    /** Begins one and answers at once. */
    Uni<Replay> start() {
        return sessions.open()
                .map(session -> begin(session.orElseThrow(() -> new ProblemException(
                                ProblemType.CONFLICT,
                                "A replay is running. One at a time: wait for its end, or cancel it")))
                        .view());
    }

    Replay find(String id) {
        return run(id).view();
    }

    /** The latest first. */
    List<Replay> list() {
        return runs.stream().map(ReplayRun::view).toList();
    }

    Replay cancel(String id) {
        var run = run(id);
        if (run.over()) {
            throw new ProblemException(ProblemType.CONFLICT, "Replay " + id + " is over");
        }
        run.cancel();
        Log.infof("replay stops after its current chunk: replayId=%s", id);
        return run.view();
    }

    void stop(@Observes ShutdownEvent stopping) {
        runs.forEach(ReplayRun::cancel);
    }

    private ReplayRun begin(PgReplaySessions.ReplaySession session) {
        var run = new ReplayRun(ids.next(), rebuild, clock);
        runs.addFirst(run);
        while (runs.size() > KEPT) {
            runs.pollLast();
        }
        Log.infof("replay started: replayId=%s", run.id());
        run.run(session)
                .subscribe()
                .with(
                        Replays::ended,
                        failure -> Log.errorf(
                                FailureLog.of(failure),
                                "replay could not release its lock; the database does when the connection ends: replayId=%s",
                                run.id()));
        return run;
    }

    private static void ended(Replay replay) {
        if (Boolean.FALSE.equals(replay.equal())) {
            Log.warnf(
                    "memory differed from the journal: replayId=%s state=%s events=%d eventsPerSecond=%d",
                    replay.id(), replay.state().wire(), replay.events(), replay.eventsPerSecond());
        } else {
            Log.infof(
                    "replay ended: replayId=%s state=%s events=%d eventsPerSecond=%d",
                    replay.id(), replay.state().wire(), replay.events(), replay.eventsPerSecond());
        }
    }

    private ReplayRun run(String id) {
        return runs.stream()
                .filter(run -> run.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () -> new ProblemException(ProblemType.NOT_FOUND, "This process knows of no replay " + id));
    }
}
