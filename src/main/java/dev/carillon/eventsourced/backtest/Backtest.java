package dev.carillon.eventsourced.backtest;

import dev.carillon.eventsourced.backtest.BacktestReaction.BacktestStoppedException;
import dev.carillon.eventsourced.backtest.BacktestRun.BacktestStretch;
import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.eventsourced.journal.EventPlace;
import dev.carillon.eventsourced.journal.Portion;
import dev.carillon.eventsourced.journal.RecordedEvent;
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

    private final Transactions transactions;
    private final EventJournal journal;
    private final PgPastDecisions past;
    private final BacktestRun run;
    private final BacktestStretch stretch;
    private final BacktestReaction reaction;
    private final Difference difference;
    private final Set<Long> late = new HashSet<>();
    private EventPlace reached;

    Backtest(
            Transactions transactions,
            EventJournal journal,
            PgPastDecisions past,
            BacktestRun run,
            BacktestReaction reaction,
            int samples) {
        this.transactions = transactions;
        this.journal = journal;
        this.past = past;
        this.run = run;
        this.stretch = run.stretch();
        this.reaction = reaction;
        this.difference = new Difference(samples);
        this.reached = stretch.start();
        run.reached(0, share());
    }

    /** Completes with the report; with what is known by then when it is stopped. */
    Uni<BacktestReport> run() {
        return untilHeard()
                .chain(() -> run.isStopped() ? Uni.createFrom().voidItem() : timePasses())
                .onFailure(BacktestStoppedException.class)
                .recoverWithNull()
                .map(done -> difference.report().with(reaction.coverage().report()));
    }

    private Uni<Void> untilHeard() {
        return transactions
                .inTransaction(this::chunk)
                .chain(heard ->
                        !heard.more() || run.isStopped() ? Uni.createFrom().voidItem() : untilHeard());
    }

    private Uni<Portion<RecordedEvent>> chunk(Tx tx) {
        return journal.stretch(tx, stretch.tenant(), reached, stretch.to(), CHUNK)
                .call(next -> chunk(tx, next.events()));
    }

    private Uni<Void> chunk(Tx tx, List<RecordedEvent> events) {
        return events.isEmpty()
                ? Uni.createFrom().voidItem()
                : past.decided(tx, stretch.tenant(), events)
                        .chain(decided -> past.unanswered(tx, events)
                                .chain(unanswered -> compare(tx, events, decided, unanswered)));
    }

    private Uni<Void> compare(
            Tx tx, List<RecordedEvent> events, List<PgPastDecisions.PastDecision> decided, Set<Long> unanswered) {
        var compared = events.stream()
                .filter(event -> event.position() >= stretch.from() && !unanswered.contains(event.position()))
                .map(RecordedEvent::position)
                .collect(Collectors.toSet());
        events.stream()
                .filter(event -> compared.contains(event.position())
                        && reaction.waits(event.event().type()))
                .forEach(event -> late.add(event.position()));
        decided.forEach(one -> reaction.wasJudged(
                one.decision().event().position(), one.decision().judgedAt(), one.asOf()));
        reaction.coverage()
                .hears(events.stream()
                        .filter(event -> compared.contains(event.position()))
                        .toList());
        return reaction.hear(tx, events)
                .invoke(judged -> {
                    difference.add(
                            decided.stream()
                                    .map(PgPastDecisions.PastDecision::decision)
                                    .filter(one -> counts(one, compared))
                                    .toList(),
                            judged.stream()
                                    .filter(one -> counts(one, compared) || counts(one, late))
                                    .toList());
                    reached = events.get(events.size() - 1).place();
                    run.reached(events.size(), share());
                })
                .replaceWithVoid();
    }

    private Uni<Void> timePasses() {
        return transactions
                .inTransaction(tx -> reaction.pass(tx, stretch.until()))
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

    private boolean counts(BacktestDecision one, Set<Long> events) {
        return events.contains(one.event().position()) && !one.judgedAt().isAfter(stretch.until());
    }
}
