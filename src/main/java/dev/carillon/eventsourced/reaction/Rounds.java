package dev.carillon.eventsourced.reaction;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Does rounds of work until there is none left, never two at once, and again when somebody asks for it. */
final class Rounds {

    private final Supplier<Uni<Boolean>> round;
    private final Consumer<Throwable> failed;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean wanted = new AtomicBoolean();
    private volatile CompletableFuture<Void> idle = CompletableFuture.completedFuture(null);
    private volatile boolean stopped;

    /**
     * @param round  answers whether there may be more
     * @param failed told when a round failed; there is none after it until somebody asks
     */
    Rounds(Supplier<Uni<Boolean>> round, Consumer<Throwable> failed) {
        this.round = round;
        this.failed = failed;
    }

    /** Begins, now or as soon as the present work has ended. */
    void look() {
        wanted.set(true);
        start();
    }

    /** Begins no round more; completes when the one at hand is committed. */
    Uni<Void> stop() {
        stopped = true;
        return Uni.createFrom().completionStage(() -> idle);
    }

    private void start() {
        if (!stopped && wanted.get() && running.compareAndSet(false, true)) {
            wanted.set(false);
            idle = new CompletableFuture<>();
            Uni.createFrom()
                    .deferred(round::get)
                    .repeat()
                    .whilst(more -> more && !stopped)
                    .collect()
                    .last()
                    .onFailure()
                    .invoke(failed)
                    .subscribe()
                    .with(done -> ended(), failure -> ended());
        }
    }

    private void ended() {
        running.set(false);
        idle.complete(null);
        start();
    }
}
