package dev.carillon.eventsourced.backtest;

import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.eventsourced.journal.PendingEvent;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.eventsourced.reaction.Reaction;
import dev.carillon.eventsourced.reaction.Rules;
import dev.carillon.eventsourced.reaction.Trigger;
import dev.carillon.eventsourced.reaction.Triggers;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.eventsourced.timer.Timer;
import dev.carillon.notification.BacktestPipeline.BacktestSession;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Multi;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the live reaction over recorded events with other rules and virtual time, and writes nothing. Given the journal
 * in order, it returns what would have been decided. Not thread-safe; one chunk after the other.
 */
final class BacktestReaction {

    private static final int BATCH = 200;

    private final RuleBook book;
    private final EventJournal journal;
    private final AsOfCollectedSets sets;
    private final QueuedTimers timers = new QueuedTimers();
    private final BacktestDecisions decisions;
    private final Coverage coverage;
    private final Reaction reaction;
    private final Reaction.Ports ports;
    private final BooleanSupplier stopped;
    private final Map<Long, Map<Instant, Long>> presents = new HashMap<>();

    /** @param stopped whether it is to end before the next events, with a {@link BacktestStoppedException} */
    BacktestReaction(
            RuleBook book, EventJournal journal, Reaction reaction, BacktestSession pipeline, BooleanSupplier stopped) {
        this.book = book;
        this.journal = journal;
        this.stopped = stopped;
        this.sets = new AsOfCollectedSets(book);
        this.coverage = new Coverage(book);
        this.decisions = new BacktestDecisions(pipeline, this::presentOf, coverage);
        this.reaction = reaction;
        this.ports = new Reaction.Ports(new FixedRules(book), sets, timers, decisions);
    }

    /** It was stopped before its end, on request. */
    static final class BacktestStoppedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        BacktestStoppedException() {
            super("the backtest was stopped", null, false, false);
        }
    }

    /** The rules under test. They also answer the timers they armed. */
    private record FixedRules(RuleBook book) implements Rules {

        @Override
        public RuleBook book(String tenant) {
            return book;
        }

        @Override
        public Uni<Map<Timer, Rule>> forTimers(List<Timer> timers) {
            var rules = new HashMap<Timer, Rule>();
            timers.forEach(timer -> book.rule(timer.rule().id()).ifPresent(rule -> rules.put(timer, rule)));
            return Uni.createFrom().item(rules);
        }
    }

    /** What the rules had to do with, of the events that count. */
    Coverage coverage() {
        return coverage;
    }

    /** Sets the position at which an event's decision read preferences, so that the backtest reads the same. */
    void wasJudged(long position, Instant judgedAt, long asOf) {
        presents.computeIfAbsent(position, event -> new HashMap<>()).put(judgedAt, asOf);
    }

    /** Whether a rule that listens to the type lets time pass before it decides. */
    boolean waits(String eventType) {
        return book.listeningTo(eventType).stream().anyMatch(Rule::waits);
    }

    /** Gives the rules the next events; returns what they have decided up to there. */
    Uni<List<BacktestDecision>> hear(Tx tx, List<RecordedEvent> events) {
        sets.fold(events);
        var pending = new ArrayDeque<PendingEvent>();
        events.forEach(event -> pending.add(new PendingEvent(event, 0, null)));
        return untilHeard(tx, pending).map(done -> {
            events.forEach(this::forget);
            return decisions.take();
        });
    }

    /** Lets time pass; returns what was decided on what was due by then. */
    Uni<List<BacktestDecision>> pass(Tx tx, Instant until) {
        return untilPassed(tx, until).map(done -> decisions.take());
    }

    private Uni<Void> untilHeard(Tx tx, Deque<PendingEvent> pending) {
        return whileSome(
                () -> !pending.isEmpty(),
                () -> untilPassed(tx, pending.peek().recorded().recordedAt())
                        .chain(() -> reaction.react(tx, ports, batch(pending)))
                        .invoke(reacted -> remove(pending, reacted)));
    }

    private Uni<Void> untilPassed(Tx tx, Instant until) {
        return whileSome(
                () -> !timers.due(until, 1).isEmpty(),
                () -> Triggers.timed(tx, journal, sameTime(timers.due(until, BATCH)))
                        .chain(triggers -> reaction.react(tx, ports, List.copyOf(triggers)))
                        .chain(reacted -> timers.answered(tx, reacted.timers())));
    }

    /** Step by step, and not by recursion: steps that need no database end at once, and there may be thousands in a row. */
    private Uni<Void> whileSome(BooleanSupplier some, Supplier<Uni<?>> step) {
        if (!some.getAsBoolean()) {
            return Uni.createFrom().voidItem();
        }
        return Multi.createBy()
                .repeating()
                .uni(() -> stopped.getAsBoolean()
                        ? Uni.createFrom().<Boolean>failure(new BacktestStoppedException())
                        : step.get().map(done -> some.getAsBoolean()))
                .whilst(more -> more)
                .onItem()
                .ignoreAsUni();
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

    /** The next events that nothing armed on the way can come between. */
    private List<Trigger> batch(Deque<PendingEvent> pending) {
        var batch = new ArrayList<Trigger>();
        @Nullable Instant horizon = null;
        for (var event : pending) {
            var at = event.recorded().recordedAt();
            if (batch.size() == BATCH || (horizon != null && !at.isBefore(horizon))) {
                break;
            }
            batch.add(new Trigger.EventPublished(event));
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
    private static void remove(Deque<PendingEvent> pending, Reaction.Reacted reacted) {
        for (var progress : reacted.progress()) {
            var event = pending.remove();
            if (progress.cursor() != null) {
                pending.addFirst(new PendingEvent(event.recorded(), 0, progress.cursor()));
            }
        }
    }

    private long presentOf(Trigger trigger) {
        var recorded = trigger instanceof Trigger.EventTrigger known
                ? presents.getOrDefault(known.recorded().position(), Map.of()).get(trigger.at())
                : null;
        return recorded == null ? trigger.asOf() : recorded;
    }

    /** Forgets an event's position; what is left to evaluate is evaluated later. */
    private void forget(RecordedEvent event) {
        presents.computeIfPresent(event.position(), (position, times) -> {
            times.remove(event.recordedAt());
            return times.isEmpty() ? null : times;
        });
    }
}
