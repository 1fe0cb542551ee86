package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.journal.PendingEvent;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.eventsourced.timer.Timer;
import dev.carillon.notification.BacktestPipeline;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the live reaction over recorded events with other rules and virtual time, and writes nothing. Given the journal
 * in order, it returns what would have been decided. Not thread-safe; one chunk after the other.
 */
public final class BacktestReaction {

    private static final int BATCH = 200;

    private final RuleBook book;
    private final AsOfLookups knowledge;
    private final AsOfCollectedSets collected;
    private final QueuedTimers timers = new QueuedTimers();
    private final BacktestDecisionSink desk;
    private final Reaction reaction;
    private final BooleanSupplier stopped;
    private final Map<Long, Map<Instant, Long>> presents = new HashMap<>();

    BacktestReaction(
            RuleBook book,
            AsOfLookups knowledge,
            BacktestPipeline.BacktestSession corridor,
            DecisionMapper decisionMapper,
            BooleanSupplier stopped) {
        this.book = book;
        this.stopped = stopped;
        this.knowledge = knowledge;
        this.collected = new AsOfCollectedSets(book);
        this.desk = new BacktestDecisionSink(corridor, this::presentOf);
        this.reaction = new Reaction(
                new Reaction.Sources(new FixedRules(book), knowledge, collected, timers),
                new DecisionStage(knowledge, timers, desk, decisionMapper),
                decisionMapper);
    }

    /** Sets the position at which an event's decision read preferences, so that the backtest reads the same. */
    public void wasJudged(long position, Instant judgedAt, long asOf) {
        presents.computeIfAbsent(position, event -> new HashMap<>()).put(judgedAt, asOf);
    }

    /** Whether a rule that listens to the type lets time pass before it decides. */
    public boolean waits(String eventType) {
        return book.listeningTo(eventType).stream().anyMatch(Rule::waits);
    }

    /** Gives the rules the next events; returns what they have decided up to there. */
    public Uni<List<ReactionDecision>> hear(Tx tx, List<RecordedEvent> events) {
        collected.fold(events);
        var pending = new ArrayDeque<PendingEvent>();
        events.forEach(event -> pending.add(new PendingEvent(event, 0, null)));
        return untilHeard(tx, pending).map(done -> {
            events.forEach(event -> forget(event));
            return desk.judged();
        });
    }

    /** Lets time pass; answers what was due by then. */
    public Uni<List<ReactionDecision>> pass(Tx tx, Instant until) {
        return untilPassed(tx, until).map(done -> desk.judged());
    }

    private Uni<Void> untilHeard(Tx tx, Deque<PendingEvent> pending) {
        if (pending.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        if (stopped.getAsBoolean()) {
            return Uni.createFrom().failure(new BacktestStoppedException());
        }
        return untilPassed(tx, pending.peek().recorded().recordedAt()).chain(() -> {
            var batch = batch(pending);
            return reaction.react(
                            tx,
                            batch.stream()
                                    .<Trigger>map(Trigger.EventPublished::new)
                                    .toList())
                    .invoke(reacted -> left(pending, batch, reacted))
                    .chain(() -> untilHeard(tx, pending));
        });
    }

    private Uni<Void> untilPassed(Tx tx, Instant until) {
        var due = timers.due(until, BATCH);
        if (due.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        if (stopped.getAsBoolean()) {
            return Uni.createFrom().failure(new BacktestStoppedException());
        }
        return Triggers.timed(tx, knowledge.journal(), sameTime(due))
                .chain(triggers -> reaction.react(tx, List.copyOf(triggers)))
                .chain(reacted -> timers.answered(tx, reacted.answered()))
                .chain(() -> untilPassed(tx, until));
    }

    /**
     * A firing timer may arm one that is due before the next. So only timers due at the same time are answered
     * together.
     */
    private static List<Timer> sameTime(List<Timer> due) {
        return due.stream()
                .takeWhile(timer -> timer.dueAt().equals(due.get(0).dueAt()))
                .toList();
    }

    /** Takes what nothing armed on the way can come between. */
    private List<PendingEvent> batch(Deque<PendingEvent> pending) {
        var batch = new ArrayList<PendingEvent>();
        @Nullable Instant horizon = null;
        for (var event : pending) {
            var at = event.recorded().recordedAt();
            if (batch.size() == BATCH || (horizon != null && !at.isBefore(horizon))) {
                break;
            }
            batch.add(event);
            for (var rule : book.listeningTo(event.event().type())) {
                var due = shortestWait(rule).map(at::plus).orElse(null);
                horizon = due == null || (horizon != null && horizon.isBefore(due)) ? horizon : due;
            }
        }
        return batch;
    }

    private static Optional<Duration> shortestWait(Rule rule) {
        if (rule.absence().isPresent() || rule.digest().isPresent()) {
            return Optional.of(Duration.ZERO); // a late event, a full digest: due at once
        }
        return rule.delay().or(rule::timeout);
    }

    /** Removes finished events; a large audience continues where it stopped. */
    private static void left(Deque<PendingEvent> pending, List<PendingEvent> batch, Reaction.Reacted reacted) {
        for (var progress : reacted.progress()) {
            var event = pending.poll();
            if (progress.cursor() != null && event != null) {
                pending.addFirst(new PendingEvent(event.recorded(), 0, progress.cursor()));
                return;
            }
        }
    }

    private long presentOf(Trigger trigger) {
        var then = trigger instanceof Trigger.EventTrigger known
                ? presents.getOrDefault(known.recorded().position(), Map.of()).get(trigger.at())
                : null;
        return then == null ? trigger.asOf() : then;
    }

    /** Forgets an event's position; what is left to evaluate is evaluated later. */
    private void forget(RecordedEvent event) {
        presents.computeIfPresent(event.position(), (position, times) -> {
            times.remove(event.recordedAt());
            return times.isEmpty() ? null : times;
        });
    }
}
