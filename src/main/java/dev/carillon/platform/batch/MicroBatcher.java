package dev.carillon.platform.batch;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Collects items at a {@link Pace}, and while earlier batches commit, and commits them together. A single request goes
 * out at once; a thousand go out in a few batches. Each is answered only after the commit. When the queue is full, the
 * next item is refused at once with {@link Overloaded}.
 *
 * <p>A batch that fails for a reason that may lie in one item ({@code mayBeOneItem}) is retried item by item, so that
 * one bad item does not fail the others.
 *
 * @param <I> what is submitted
 * @param <O> what the commit answers, one an item and in the same order
 */
public final class MicroBatcher<I, O> {

    /** The limits: items in a batch, batches in flight, items waiting. */
    public record Bounds(int batch, int inFlight, int waiting) {}

    private record QueuedItem<I, O>(I item, UniEmitter<? super O> emitter) {}

    private final Bounds bounds;
    private final Pace pace;
    private final Function<List<I>, Uni<List<O>>> commit;
    private final Predicate<Throwable> mayBeOneItem;
    private final ArrayDeque<QueuedItem<I, O>> waiting = new ArrayDeque<>();
    private int inFlight;

    public MicroBatcher(
            Bounds bounds, Pace pace, Predicate<Throwable> mayBeOneItem, Function<List<I>, Uni<List<O>>> commit) {
        this.bounds = bounds;
        this.pace = pace;
        this.commit = commit;
        this.mayBeOneItem = mayBeOneItem;
    }

    /** Answers when the batch that holds {@code item} is committed; cancelling the answer does not cancel the commit. */
    public Uni<O> submit(I item) {
        return Uni.createFrom().emitter(emitter -> {
            if (enqueue(new QueuedItem<>(item, emitter))) {
                pace.soon(this::flush);
            } else {
                emitter.fail(new Overloaded());
            }
        });
    }

    /** How many items wait for a batch. */
    public int waiting() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    private boolean enqueue(QueuedItem<I, O> one) {
        synchronized (waiting) {
            return waiting.size() < bounds.waiting() && waiting.add(one);
        }
    }

    private void flush() {
        for (var batch = next(); !batch.isEmpty(); batch = next()) {
            run(batch);
        }
    }

    private List<QueuedItem<I, O>> next() {
        synchronized (waiting) {
            if (waiting.isEmpty() || inFlight >= bounds.inFlight()) {
                return List.of();
            }
            inFlight++;
            var batch = new ArrayList<QueuedItem<I, O>>(Math.min(waiting.size(), bounds.batch()));
            while (!waiting.isEmpty() && batch.size() < bounds.batch()) {
                batch.add(waiting.poll());
            }
            return batch;
        }
    }

    private void run(List<QueuedItem<I, O>> batch) {
        committed(batch)
                .subscribe()
                .with(
                        answers -> {
                            done();
                            for (int i = 0; i < batch.size(); i++) {
                                batch.get(i).emitter().complete(answers.get(i));
                            }
                        },
                        failure -> {
                            if (batch.size() > 1 && mayBeOneItem.test(failure)) {
                                oneByOne(batch);
                            } else {
                                done();
                                batch.forEach(one -> one.emitter().fail(failure));
                            }
                        });
    }

    /** A loop, not recursion: a full batch of immediate failures would otherwise overflow the stack. */
    private void oneByOne(List<QueuedItem<I, O>> batch) {
        Multi.createFrom()
                .iterable(batch)
                .onItem()
                .transformToUniAndConcatenate(this::alone)
                .subscribe()
                .with(answered -> {}, failure -> done(), this::done);
    }

    private Uni<Boolean> alone(QueuedItem<I, O> one) {
        return committed(List.of(one))
                .invoke(answers -> one.emitter().complete(answers.get(0)))
                .replaceWith(true)
                .onFailure()
                .recoverWithItem(failure -> {
                    one.emitter().fail(failure);
                    return false;
                });
    }

    /** Fails rather than leaves an item without an answer. */
    private Uni<List<O>> committed(List<QueuedItem<I, O>> batch) {
        return Uni.createFrom()
                .deferred(
                        () -> commit.apply(batch.stream().map(QueuedItem::item).toList()))
                .invoke(answers -> {
                    if (answers == null || answers.size() != batch.size()) {
                        throw new IllegalStateException("a commit of " + batch.size() + " items gave "
                                + (answers == null ? "no" : answers.size()) + " answers");
                    }
                });
    }

    private void done() {
        synchronized (waiting) {
            inFlight--;
        }
        if (waiting() > 0) {
            pace.soon(this::flush);
        }
    }
}
