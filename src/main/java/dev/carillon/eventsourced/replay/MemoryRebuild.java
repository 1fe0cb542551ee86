package dev.carillon.eventsourced.replay;

import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.eventsourced.journal.EventPlace;
import dev.carillon.eventsourced.journal.Portion;
import dev.carillon.eventsourced.journal.Projection;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.eventsourced.replay.PgSideMemory.Hashes;
import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/** Folds the journal into side tables with the same projections that fold it live. It sends nothing. */
@ApplicationScoped
class MemoryRebuild {

    /** A chunk is one transaction: small enough for the time limit of statements, large enough to be fast. */
    static final int CHUNK = 500;

    /** Temporary failures: someone reads memory in a long transaction, or a deadlock was resolved against us. */
    private static final Set<String> PASSING = Set.of("55P03", "40P01");

    private final EventJournal journal;
    private final List<Projection> projections;
    private final PgSideMemory tables;

    MemoryRebuild(EventJournal journal, @All List<Projection> projections, PgSideMemory tables) {
        this.journal = journal;
        this.projections = projections.stream().filter(Projection::isMemory).toList();
        this.tables = tables;
    }

    /** Creates the empty side tables. */
    Uni<Long> begin(Transactions transactions) {
        return transactions.inTransaction(
                tx -> tables.create(tx).chain(() -> journal.head(tx)).map(head -> head.position()));
    }

    /** Folds chunk by chunk, until there is nothing behind the last one or it is to stop. */
    Uni<FoldedStretch> foldAll(Transactions transactions, Consumer<FoldedStretch> folded, BooleanSupplier stop) {
        return repeat(
                FoldedStretch.NOTHING,
                before -> transactions.inTransaction(tx -> fold(tx, before)).invoke(folded),
                stop);
    }

    /** Compares both memories over this part of the journal. Nobody waits for it. */
    Uni<Hashes> compare(Transactions transactions, FoldedStretch folded) {
        return transactions.inTransaction(tx -> tables.hashes(tx, folded.place().position()));
    }

    /**
     * Folds what was recorded meanwhile and swaps the side tables with the live ones. Until then nothing is appended.
     */
    Uni<FoldedStretch> changeOver(Transactions transactions, FoldedStretch folded) {
        return transactions
                .inTransaction(tx -> tables.holdJournal(tx)
                        .chain(head -> repeat(folded, before -> fold(tx, before), () -> false))
                        .call(() -> tables.changePlaces(tx)))
                .onFailure(failure -> PASSING.contains(String.valueOf(PgFailures.sqlState(failure))))
                .retry()
                .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(5))
                .atMost(8);
    }

    /** Clears up after what has not come to its end. */
    Uni<Void> abandon(Transactions transactions) {
        return transactions.inTransaction(tables::drop);
    }

    private Uni<FoldedStretch> fold(Tx tx, FoldedStretch before) {
        return tables.use(tx)
                .chain(() -> journal.stretchOfAll(tx, before.place(), Long.MAX_VALUE, CHUNK))
                .call(next -> {
                    var folded = Uni.createFrom().voidItem();
                    for (var projection : projections) {
                        folded = folded.chain(() -> projection.fold(tx, next.events()));
                    }
                    return folded;
                })
                .map(before::and);
    }

    /** A loop, not recursion: a journal has any number of chunks. */
    private static Uni<FoldedStretch> repeat(
            FoldedStretch from, Function<FoldedStretch, Uni<FoldedStretch>> next, BooleanSupplier stop) {
        var reached = new AtomicReference<>(from);
        return Uni.createFrom()
                .deferred(() -> next.apply(reached.get()))
                .invoke(reached::set)
                .repeat()
                .whilst(stretch -> !stretch.last() && !stop.getAsBoolean())
                .collect()
                .last();
    }

    /**
     * The part of the journal that has been folded so far, from its beginning.
     *
     * @param place  of its last event
     * @param events how many
     * @param last   whether there was nothing behind it when it was read
     */
    record FoldedStretch(EventPlace place, long events, boolean last) {

        static final FoldedStretch NOTHING = new FoldedStretch(EventPlace.BEGINNING, 0, false);

        FoldedStretch and(Portion<RecordedEvent> next) {
            var folded = next.events();
            return new FoldedStretch(
                    folded.isEmpty() ? place : folded.get(folded.size() - 1).place(),
                    events + folded.size(),
                    !next.more());
        }
    }
}
