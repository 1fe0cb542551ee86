package dev.carillon.platform.steps;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** The recorded steps of one run, in order, and a signal for every commit. */
public final class Journey {

    /** Commits of other replicas give no signal here, so a run also looks at this interval. */
    private static final Duration ELSEWHERE = Duration.ofMillis(500);

    private final long began = System.nanoTime();
    private final List<Step> steps = new ArrayList<>();
    private final AtomicReference<CompletableFuture<Void>> nextMove = new AtomicReference<>(new CompletableFuture<>());

    synchronized void add(Step.StepKind kind, String component, String target, String action, String detail) {
        steps.add(new Step(component, target, kind, action, detail, micros()));
    }

    public synchronized List<Step> steps() {
        return List.copyOf(steps);
    }

    /** Microseconds since the run began. */
    public long micros() {
        return (System.nanoTime() - began) / 1000;
    }

    void moved() {
        nextMove.getAndSet(new CompletableFuture<>()).complete(null);
    }

    Uni<Void> rest(Supplier<Uni<Boolean>> atRest) {
        var move = nextMove.get(); // taken before the look, so that no move is missed
        return atRest.get()
                .chain(rest -> rest
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom()
                                .completionStage(move.copy()) // whoever stops waiting cancels what it waited for
                                .ifNoItem()
                                .after(ELSEWHERE)
                                .recoverWithItem((Void) null)
                                .chain(() -> rest(atRest)));
    }
}
