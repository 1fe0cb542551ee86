package dev.carillon.delivery.dispatch;

import dev.carillon.delivery.outbox.Outbox;
import dev.carillon.platform.jobs.Jobs;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * The periodic sweep for whatever no bell rings for: providers that never answer, expired leases of dead processes, and
 * deliveries that have become due.
 */
@ApplicationScoped
class DispatchSweep {

    private final SendDeadlines sendDeadlines;
    private final Outbox outbox;
    private final Completions completions;
    private final List<DispatchLoop> loops;

    DispatchSweep(SendDeadlines sendDeadlines, Outbox outbox, Completions completions, DispatchLoops loops) {
        this.sendDeadlines = sendDeadlines;
        this.outbox = outbox;
        this.completions = completions;
        this.loops = loops.all();
    }

    void schedule(@Observes Jobs jobs) {
        jobs.job("dispatch-sweep").every("${carillon.dispatch.sweep:1s}").run(this::sweep);
    }

    Uni<Void> sweep() {
        sendDeadlines.look();
        return outbox.takeOver()
                .invoke(completions::tell)
                .replaceWithVoid()
                .eventually(() -> loops.forEach(DispatchLoop::look));
    }
}
