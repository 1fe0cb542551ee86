package dev.carillon.eventsourced.backtest;

import dev.carillon.eventsourced.backtest.BacktestRequest.BacktestRange;
import dev.carillon.eventsourced.backtest.BacktestRun.BacktestStretch;
import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.eventsourced.journal.EventPlace;
import dev.carillon.eventsourced.journal.Moment;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.rest.Diagnosis;
import dev.carillon.platform.rest.FailureLog;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The last twenty backtests of this process. They are kept in memory only: a backtest writes nothing. */
@ApplicationScoped
class Backtests {

    private static final int KEPT = 20;
    private static final Duration A_MOMENT = Duration.ofNanos(1_000);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final int TURNS = 200;

    /** @param cut whether there are events before it that are left out */
    private record Beginning(EventPlace start, long from, boolean cut) {}

    private final Transactions transactions;
    private final EventJournal journal;
    private final PgPastDecisions past;
    private final BacktestRunner runner;
    private final Ids ids;
    private final Map<String, BacktestRun> runs = new LinkedHashMap<>();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    Backtests(Transactions transactions, EventJournal journal, PgPastDecisions past, BacktestRunner runner, Ids ids) {
        this.transactions = transactions;
        this.journal = journal;
        this.past = past;
        this.runner = runner;
        this.ids = ids;
    }

    /**
     * Starts a backtest; {@link BacktestRun#ended} says when it is over.
     *
     * @return empty while another one of the tenant is on its way: its place is taken before anything else is done. A short one waits
     *     for the short one before it
     */
    Uni<Optional<BacktestRun>> begin(RuleBook rules, BacktestRange limits, int samples) {
        return begin(rules, limits, samples, limits.within() == null ? 0 : TURNS);
    }

    private Uni<Optional<BacktestRun>> begin(RuleBook rules, BacktestRange limits, int samples, int turns) {
        var begun = Uni.createFrom()
                .deferred(() -> busy.add(place(limits.tenant(), limits.within()))
                        ? begun(rules, limits, samples).map(Optional::of)
                        : Uni.createFrom().item(Optional.<BacktestRun>empty()));
        return turns == 0
                ? begun
                : begun.chain(run ->
                        run.isPresent() ? Uni.createFrom().item(run) : afterAWhile(rules, limits, samples, turns));
    }

    private Uni<Optional<BacktestRun>> afterAWhile(RuleBook rules, BacktestRange limits, int samples, int turns) {
        return Uni.createFrom()
                .nullItem()
                .onItem()
                .delayIt()
                .by(LOOK_AGAIN)
                .chain(() -> begin(rules, limits, samples, turns - 1));
    }

    /** Short ones do not wait for a long one. */
    private static String place(String tenant, @Nullable Duration within) {
        return within == null ? tenant : tenant + "\nshort";
    }

    private Uni<BacktestRun> begun(RuleBook rules, BacktestRange limits, int samples) {
        return transactions
                .inTransaction(tx -> stretch(tx, limits))
                .map(stretch -> started(new BacktestRun(ids.next(), stretch, ids.now()), rules, samples))
                .onTermination()
                .invoke((run, failure, cancelled) -> {
                    if (run == null) {
                        busy.remove(place(limits.tenant(), limits.within()));
                    }
                });
    }

    private BacktestRun started(BacktestRun run, RuleBook rules, int samples) {
        var backtest = new Backtest(transactions, journal, past, run, runner.reaction(rules, run), samples);
        if (run.stretch().within() == null) {
            keep(run);
        }
        // from here on it ends, whatever happens
        runner.run(backtest, run)
                .onTermination()
                .invoke(() ->
                        busy.remove(place(run.stretch().tenant(), run.stretch().within())))
                .subscribe()
                .with(report -> run.end(report, ids.now()), failure -> {
                    run.fail(Diagnosis.inWords(failure), ids.now());
                    Log.errorf(FailureLog.of(failure), "backtest failed without a report: id=%s", run.id());
                });
        return run;
    }

    /** A tenant's run, as long as it is kept. */
    synchronized Optional<BacktestRun> find(String tenant, String id) {
        return Optional.ofNullable(runs.get(id))
                .filter(run -> run.stretch().tenant().equals(tenant));
    }

    private synchronized void keep(BacktestRun run) {
        runs.put(run.id(), run);
        while (runs.size() > KEPT && removeOldestOfWhoHasMost()) {
            // one for each that is too many
        }
    }

    /**
     * Removes the oldest of the tenant with most, so that no tenant's reports go because another one runs many. False
     * if all are running.
     */
    private boolean removeOldestOfWhoHasMost() {
        var over = runs.values().stream().filter(one -> !one.isRunning()).toList();
        var many =
                over.stream().collect(Collectors.groupingBy(one -> one.stretch().tenant(), Collectors.counting()));
        var most = many.values().stream().max(Long::compare).orElse(0L);
        return over.stream()
                .filter(one -> many.get(one.stretch().tenant()).equals(most))
                .findFirst()
                .map(one -> runs.remove(one.id()))
                .isPresent();
    }

    private Uni<BacktestStretch> stretch(Tx tx, BacktestRange limits) {
        return journal.head(tx)
                .chain(head -> position(tx, limits.tenant(), limits.to(), head.position())
                        .chain(to -> position(tx, limits.tenant(), limits.from(), 0)
                                .chain(before -> start(tx, limits, before)
                                        .map(start -> new Beginning(
                                                start, limits.from().position() == null ? before + 1 : before, false)))
                                .chain(whole -> latest(tx, limits, to, whole))
                                .chain(beginning -> until(tx, to, head, limits)
                                        .map(until -> new BacktestStretch(
                                                limits.tenant(),
                                                beginning.start(),
                                                beginning.from(),
                                                to,
                                                until,
                                                beginning.cut() ? limits.latest() : null,
                                                limits.within())))));
    }

    /** Where it begins; later where only the latest events are asked for, and there are more. */
    private Uni<Beginning> latest(Tx tx, BacktestRange limits, long to, Beginning whole) {
        return limits.latest() == null
                ? Uni.createFrom().item(whole)
                : journal.beforeLatest(tx, limits.tenant(), to, limits.latest())
                        .chain(left -> left.isEmpty() || left.get().position() < whole.from()
                                ? Uni.createFrom().item(whole)
                                : journal.beforeLatest(
                                                tx, limits.tenant(), left.get().position(), limits.latest())
                                        .map(warmUp -> new Beginning(
                                                later(warmUp.orElse(EventPlace.BEGINNING), whole.start()),
                                                left.get().position() + 1,
                                                true)));
    }

    private static EventPlace later(EventPlace one, EventPlace other) {
        return one.position() < other.position() ? other : one;
    }

    /** The position that is meant: itself, or the last one by a time. */
    private Uni<Long> position(Tx tx, String tenant, BacktestRange.RangePoint point, long otherwise) {
        if (point.position() != null) {
            return Uni.createFrom().item(point.position());
        }
        return point.time() == null
                ? Uni.createFrom().item(otherwise)
                : journal.positionsAt(tx, List.of(new Moment(tenant, point.time())))
                        .map(positions -> positions.get(0));
    }

    private Uni<EventPlace> start(Tx tx, BacktestRange limits, long from) {
        if (limits.warmUp() == null || from <= 1) {
            return Uni.createFrom().item(EventPlace.BEGINNING);
        }
        return journal.timeOf(tx, limits.tenant(), from).chain(time -> {
            var since = time.orElse(Instant.EPOCH).minus(limits.warmUp());
            return journal.positionsAt(tx, List.of(new Moment(limits.tenant(), since)))
                    .map(positions -> new EventPlace(positions.get(0), since));
        });
    }

    /** Runs up to the present, but not beyond the point the live timers have reached; or up to the last event. */
    private Uni<Instant> until(Tx tx, long to, EventPlace head, BacktestRange limits) {
        return to < head.position()
                ? journal.timeOf(tx, limits.tenant(), to).map(time -> time.orElse(head.recordedAt()))
                : past.firstDue(tx)
                        .map(due -> due.map(first -> first.minus(A_MOMENT))
                                .filter(first -> first.isBefore(ids.now()))
                                .orElse(ids.now()));
    }
}
