package dev.carillon.platform.limit;

import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** Runs callers' long work on worker threads: a few at once, and no tenant more than half of them. */
public final class HeavyWork {

    /** Of one kind; the other worker threads are for everybody else. */
    private static final int AT_ONCE = 4;

    private final Turns turns;
    private final String busy;

    /** @param busy the error text when there is no room */
    public HeavyWork(String busy) {
        this.turns = new Turns(Math.min(AT_ONCE, Turns.thatTheHeapHolds()));
        this.busy = busy;
    }

    /**
     * Runs work off the event loop, unless too much is running.
     *
     * @param work must end soon once its argument says that nobody waits any more; it keeps its place until it has ended
     * @param late what it fails with when the time is up
     */
    public <T> Uni<T> run(String tenant, Duration within, Function<BooleanSupplier, T> work, Supplier<Throwable> late) {
        return Uni.createFrom().deferred(() -> {
            var turn = turns.take(tenant);
            if (turn == null) {
                return Uni.createFrom().failure(new ProblemException(ProblemType.OVERLOADED, busy));
            }
            var stopped = new AtomicBoolean();
            return Uni.createFrom()
                    .<T>emitter(emitter -> begin(turn, emitter, () -> work.apply(stopped::get)))
                    .ifNoItem()
                    .after(within)
                    .failWith(late)
                    .onTermination()
                    .invoke(() -> stopped.set(true));
        });
    }

    private static <T> void begin(Turns.Turn turn, UniEmitter<? super T> emitter, Supplier<T> work) {
        try {
            Infrastructure.getDefaultWorkerPool().execute(() -> work(turn, emitter, work));
        } catch (RejectedExecutionException stopping) {
            turn.end();
            emitter.fail(stopping);
        }
    }

    private static <T> void work(Turns.Turn turn, UniEmitter<? super T> emitter, Supplier<T> work) {
        T done;
        try {
            done = work.get();
        } catch (Throwable failure) { // also one that is too deep for the stack: whoever waits is told
            turn.end();
            emitter.fail(failure);
            return;
        }
        turn.end();
        emitter.complete(done);
    }
}
