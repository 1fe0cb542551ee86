package dev.carillon.eventsourced.backtest;

import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.eventsourced.journal.EventPlace;
import dev.carillon.eventsourced.journal.Portion;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.eventsourced.reaction.BacktestReaction;
import dev.carillon.eventsourced.reaction.BacktestStoppedException;
import dev.carillon.eventsourced.reaction.ReactionDecision;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One backtest: it runs the journal chunk by chunk, each in a transaction that writes nothing. */
final class Backtest {

    private static final int CHUNK = 500;

    private final BacktestSources sources;
    private final BacktestStretch stretch;
    private final BacktestReaction rehearsal;
    private final Difference difference;
    private final BacktestProgress course;
    private final Set<Long> late = new HashSet<>();
    private EventPlace reached;

    /** What the backtest reads. */
    record BacktestSources(Transactions transactions, EventJournal journal, PgPastDecisions past) {}

    Backtest(
            BacktestSources sources,
            BacktestStretch stretch,
            BacktestReaction rehearsal,
            int samples,
            BacktestProgress course) {
        this.sources = sources;
        this.stretch = stretch;
        this.rehearsal = rehearsal;
        this.difference = new Difference(samples);
        this.course = course;
        this.reached = stretch.start();
        course.reached(0, share());
    }

    /** Completes with the report; with what is known by then when it is stopped. */
    Uni<Report> run() {
        return untilHeard()
                .chain(() -> course.isCancelled() ? Uni.createFrom().voidItem() : timePasses())
                .onFailure(BacktestStoppedException.class)
                .recoverWithNull()
                .map(done -> difference.report());
    }

    private Uni<Void> untilHeard() {
        return sources.transactions()
                .inTransaction(this::chunk)
                .chain(heard ->
                        !heard.more() || course.isCancelled() ? Uni.createFrom().voidItem() : untilHeard());
    }

    private Uni<Portion<RecordedEvent>> chunk(Tx tx) {
        return sources.journal()
                .stretch(tx, stretch.tenant(), reached, stretch.to(), CHUNK)
                .call(next -> chunk(tx, next.events()));
    }

    private Uni<Void> chunk(Tx tx, List<RecordedEvent> events) {
        return events.isEmpty()
                ? Uni.createFrom().voidItem()
                : sources.past()
                        .decided(tx, stretch.tenant(), events)
                        .chain(decided -> sources.past()
                                .unanswered(tx, events)
                                .chain(unanswered -> rehearse(tx, events, decided, unanswered)));
    }

    private Uni<Void> rehearse(
            Tx tx, List<RecordedEvent> events, List<PgPastDecisions.PastDecision> decided, Set<Long> unanswered) {
        var compared = events.stream()
                .filter(event -> event.position() >= stretch.from() && !unanswered.contains(event.position()))
                .map(RecordedEvent::position)
                .collect(Collectors.toSet());
        events.stream()
                .filter(event -> compared.contains(event.position())
                        && rehearsal.waits(event.event().type()))
                .forEach(event -> late.add(event.position()));
        decided.forEach(one -> rehearsal.wasJudged(
                one.judgement().eventRef().position(), one.judgement().judgedAt(), one.asOf()));
        return rehearsal
                .hear(tx, events)
                .invoke(judged -> {
                    difference.add(
                            decided.stream()
                                    .map(PgPastDecisions.PastDecision::judgement)
                                    .filter(one -> counts(one, compared))
                                    .toList(),
                            judged.stream()
                                    .filter(one -> counts(one, compared) || counts(one, late))
                                    .toList());
                    reached = events.get(events.size() - 1).place();
                    course.reached(events.size(), share());
                })
                .replaceWithVoid();
    }

    private Uni<Void> timePasses() {
        return sources.transactions()
                .inTransaction(tx -> rehearsal.pass(tx, stretch.until()))
                .invoke(judged -> difference.add(
                        List.of(),
                        judged.stream().filter(one -> counts(one, late)).toList()))
                .replaceWithVoid();
    }

    private double share() {
        var length = stretch.to() - stretch.start().position();
        return length <= 0
                ? 1
                : Math.min(1, (double) (reached.position() - stretch.start().position()) / length);
    }

    private boolean counts(ReactionDecision one, Set<Long> events) {
        return events.contains(one.eventRef().position()) && !one.judgedAt().isAfter(stretch.until());
    }
}
