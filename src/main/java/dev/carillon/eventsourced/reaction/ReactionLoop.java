package dev.carillon.eventsourced.reaction;

import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.steps.Journeys;
import dev.carillon.platform.telemetry.Traces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The loop of one address; it never runs twice at once. It claims, reacts, marks as done and commits until nothing is
 * left. When a batch fails, its events are tried one by one, and the one that fails alone is set aside with its error.
 */
class ReactionLoop {

    private static final int BATCH = 200;

    private final String address;
    private final Transactions transactions;
    private final Triggers triggers;
    private final LiveReaction reaction;
    private final Journeys journeys;
    private final Traces traces;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean wanted = new AtomicBoolean();
    private volatile CompletableFuture<Void> idle = CompletableFuture.completedFuture(null);
    private volatile boolean stopped;

    ReactionLoop(
            String address,
            Transactions transactions,
            Triggers triggers,
            LiveReaction reaction,
            Journeys journeys,
            Traces traces) {
        this.address = address;
        this.transactions = transactions;
        this.triggers = triggers;
        this.reaction = reaction;
        this.journeys = journeys;
        this.traces = traces;
    }

    String address() {
        return address;
    }

    /** Looks for pending events, now or as soon as the present look has ended. */
    void look() {
        wanted.set(true);
        start();
    }

    /** Claims nothing more; completes when the batch at hand is committed. */
    Uni<Void> stop() {
        stopped = true;
        return Uni.createFrom().completionStage(() -> idle);
    }

    private void start() {
        if (!stopped && wanted.get() && running.compareAndSet(false, true)) {
            wanted.set(false);
            idle = new CompletableFuture<>();
            untilNothingIsLeft(BATCH, 0).subscribe().with(done -> ended(), failure -> {
                Log.errorf(
                        "events could not be processed; the next sweep tries again: address=%s cause=%s",
                        address, PgFailures.nameOf(failure));
                ended();
            });
        }
    }

    private void ended() {
        running.set(false);
        idle.complete(null);
        start();
    }

    /** {@code singly} counts the events still to be tried one by one after a batch failed. */
    private Uni<Void> untilNothingIsLeft(int limit, int singly) {
        var claimed = new ClaimedBatch();
        return batch(limit, claimed)
                .onFailure()
                .recoverWithUni(failure -> broken(claimed, failure))
                .chain(result -> {
                    if (stopped || result == BatchState.EMPTY) {
                        return Uni.createFrom().voidItem();
                    }
                    if (result == BatchState.BROKEN) {
                        return untilNothingIsLeft(1, claimed.triggers.size());
                    }
                    return singly > 1 ? untilNothingIsLeft(1, singly - 1) : untilNothingIsLeft(BATCH, 0);
                });
    }

    private enum BatchState {
        EMPTY,
        ANSWERED,
        BROKEN
    }

    /** The current batch. It is also known when its transaction failed. */
    private static final class ClaimedBatch {
        private List<Trigger> triggers = List.of();
    }

    private Uni<BatchState> batch(int limit, ClaimedBatch claimed) {
        return transactions
                .inTransaction(tx -> triggers.claim(tx, address, limit)
                        .invoke(batch -> claimed.triggers = batch)
                        .chain(batch -> batch.isEmpty()
                                ? Uni.createFrom().<Reaction.Reacted>nullItem()
                                : traced(batch, reaction.react(tx, batch))))
                .invoke(reacted -> committed(claimed.triggers, reacted))
                .map(reacted -> reacted == null ? BatchState.EMPTY : BatchState.ANSWERED);
    }

    private void committed(List<Trigger> batch, Reaction.@Nullable Reacted reacted) {
        if (reacted != null) {
            reaction.committed(reacted);
            journeys.moved(batch.stream().map(Trigger::tenant).toList());
        }
    }

    private Uni<BatchState> broken(ClaimedBatch claimed, Throwable failure) {
        if (claimed.triggers.isEmpty() || PgFailures.comesOfAnOutage(failure)) {
            return Uni.createFrom().failure(failure); // it was not the events
        }
        if (claimed.triggers.size() > 1) {
            Log.warnf(
                    "a batch of %d events failed; retrying event by event: address=%s cause=%s",
                    claimed.triggers.size(), address, PgFailures.nameOf(failure));
            return Uni.createFrom().item(BatchState.BROKEN);
        }
        var trigger = claimed.triggers.get(0);
        Log.errorf(
                "event could not be processed; it is set aside and retried: %s cause=%s",
                nameOf(trigger), PgFailures.nameOf(failure));
        return transactions
                .inTransaction(tx -> reaction.putAside(tx, trigger, PgFailures.nameOf(failure)))
                .replaceWith(BatchState.ANSWERED);
    }

    private static String nameOf(Trigger trigger) {
        return trigger instanceof Trigger.EventTrigger known
                ? "eventId=" + known.event().id()
                : "timerId=" + ((Trigger.TimedTrigger) trigger).timer().id();
    }

    /** A span for each traced event, under the trace that its journal row carries. */
    private <T> Uni<T> traced(List<Trigger> batch, Uni<T> work) {
        var spans = batch.stream()
                .filter(Trigger.EventTrigger.class::isInstance)
                .map(trigger -> ((Trigger.EventTrigger) trigger).event().extension("traceparent"))
                .filter(parent -> parent != null)
                .map(parent -> traces.begin("react " + address, SpanKind.CONSUMER, parent))
                .toList();
        return spans.isEmpty() ? work : work.onTermination().invoke(() -> spans.forEach(Span::end));
    }
}
