package dev.carillon.eventsourced.reaction;

import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.steps.Journeys;
import dev.carillon.platform.telemetry.Traces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

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
            untilNothingIsLeft(0).subscribe().with(done -> ended(), failure -> {
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

    /** @param singly how many events are to be tried one by one, after a batch of them failed */
    private Uni<Void> untilNothingIsLeft(int singly) {
        var batch = new ArrayList<Trigger>(); // known also when its transaction failed
        int others = Math.max(0, singly - 1);
        return answer(batch, singly > 0 ? 1 : BATCH)
                .replaceWith(others)
                .onFailure()
                .recoverWithUni(failure -> failed(batch, failure).replaceWith(batch.size() > 1 ? batch.size() : others))
                .chain(next -> stopped || batch.isEmpty() ? Uni.createFrom().voidItem() : untilNothingIsLeft(next));
    }

    private Uni<Void> answer(List<Trigger> batch, int limit) {
        return transactions
                .inTransaction(tx -> triggers.claim(tx, address, limit)
                        .invoke(batch::addAll)
                        .chain(claimed -> claimed.isEmpty()
                                ? Uni.createFrom().<Reaction.Reacted>nullItem()
                                : traced(claimed, reaction.react(tx, claimed))))
                .onItem()
                .ifNotNull()
                .invoke(reacted -> {
                    reaction.committed(reacted);
                    journeys.moved(batch.stream().map(Trigger::tenant).toList());
                })
                .replaceWithVoid();
    }

    private Uni<Void> failed(List<Trigger> batch, Throwable failure) {
        if (batch.isEmpty() || PgFailures.comesOfAnOutage(failure)) {
            return Uni.createFrom().failure(failure); // it was not the events
        }
        var cause = PgFailures.nameOf(failure);
        if (batch.size() > 1) {
            Log.warnf(
                    "a batch of %d events failed; retrying event by event: address=%s cause=%s",
                    batch.size(), address, cause);
            return Uni.createFrom().voidItem();
        }
        Log.errorf(
                "event could not be processed; it is set aside and retried: %s cause=%s", nameOf(batch.get(0)), cause);
        return transactions.inTransaction(tx -> reaction.putAside(tx, batch.get(0), cause));
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
