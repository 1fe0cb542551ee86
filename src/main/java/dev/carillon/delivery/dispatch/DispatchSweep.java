package dev.carillon.delivery.dispatch;

import dev.carillon.delivery.circuit.Circuits;
import dev.carillon.delivery.outbox.Outbox;
import dev.carillon.platform.sql.PgFailures;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * The periodic sweep for whatever no bell rings for: providers that never answer, expired leases of dead processes, and
 * deliveries that have become due.
 */
@ApplicationScoped
class DispatchSweep {

    private final SendDeadlines sendDeadlines;
    private final Circuits circuits;
    private final Outbox outbox;
    private final Completions completions;
    private final List<DispatchLoop> loops;

    DispatchSweep(
            SendDeadlines sendDeadlines,
            Circuits circuits,
            Outbox outbox,
            Completions completions,
            DispatchLoops loops) {
        this.sendDeadlines = sendDeadlines;
        this.circuits = circuits;
        this.outbox = outbox;
        this.completions = completions;
        this.loops = loops.all();
    }

    @Scheduled(
            every = "${carillon.dispatch.sweep:1s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> sweep() {
        sendDeadlines.look();
        return circuits.look()
                .chain(outbox::takeOver)
                .invoke(completions::tell)
                .onFailure()
                .invoke(failure -> Log.errorf(
                        "stale leases could not be taken over; the next sweep tries again: cause=%s",
                        PgFailures.nameOf(failure)))
                .onFailure()
                .recoverWithItem(List.of())
                .invoke(() -> loops.forEach(DispatchLoop::look))
                .replaceWithVoid();
    }
}
