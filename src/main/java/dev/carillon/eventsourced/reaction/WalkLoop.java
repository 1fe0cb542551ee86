package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.eventsourced.journal.PendingEvent;
import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks large audiences, apart from the loops of the addresses: page by page, each a transaction that also records how
 * far it got. Tenants take turns, and so do the walks of a tenant.
 */
class WalkLoop {

    private final Transactions transactions;
    private final EventJournal journal;
    private final TracedReaction reaction;
    private final Consumer<String> ended;
    private final Rounds rounds;
    private volatile String tenant = ""; // whose page was the last

    /** @param ended told the address of a walk that has ended, because others may have waited behind it */
    WalkLoop(Transactions transactions, EventJournal journal, TracedReaction reaction, Consumer<String> ended) {
        this.transactions = transactions;
        this.journal = journal;
        this.reaction = reaction;
        this.ended = ended;
        this.rounds = new Rounds(
                this::page,
                failure -> Log.errorf(
                        "large audiences could not be walked; the next sweep tries again: cause=%s",
                        PgFailures.nameOf(failure)));
    }

    /** Looks for walks, now or as soon as the present look has ended. */
    void look() {
        rounds.look();
    }

    /** Begins no page more; completes when the one at hand is committed. */
    Uni<Void> stop() {
        return rounds.stop();
    }

    private Uni<Boolean> page() {
        var page = new WalkPage();
        return transactions
                .inTransaction(tx -> journal.nextPage(tx, tenant)
                        .invoke(page::is)
                        .chain(next -> next.isEmpty() ? Uni.createFrom().voidItem() : page(tx, page)))
                .invoke(() -> committed(page))
                .onFailure()
                .recoverWithUni(failure -> failed(page, failure))
                .map(done -> page.walk != null);
    }

    private Uni<Void> page(Tx tx, WalkPage page) {
        return page.walk().cursor().ended()
                ? journal.end(tx, page.walk())
                : reaction.react(tx, page.triggers())
                        .invoke(reacted -> page.reacted = reacted)
                        .replaceWithVoid();
    }

    private void committed(WalkPage page) {
        if (page.walk == null) {
            return;
        }
        tenant = page.walk.event().tenant();
        if (page.reacted == null) {
            ended.accept(page.walk.event().address());
        } else {
            reaction.committed(page.reacted, page.triggers());
        }
    }

    private Uni<Void> failed(WalkPage page, Throwable failure) {
        if (page.walk == null || PgFailures.comesOfAnOutage(failure)) {
            return Uni.createFrom().failure(failure); // it was not the event
        }
        var cause = PgFailures.nameOf(failure);
        Log.errorf(
                "a page of a large audience could not be processed; it is set aside and retried: eventId=%s cause=%s",
                page.walk.event().id(), cause);
        return transactions
                .inTransaction(tx -> reaction.putAside(tx, page.triggers().get(0), cause))
                .invoke(() -> ended.accept(page.walk.event().address())); // if it is parked now
    }

    /** What is known of a page, also when its transaction failed. */
    private static final class WalkPage {

        private @Nullable PendingEvent walk;
        private Reaction.@Nullable Reacted reacted;

        void is(Optional<PendingEvent> next) {
            walk = next.orElse(null);
        }

        PendingEvent walk() {
            return Objects.requireNonNull(walk, "there is none");
        }

        List<Trigger> triggers() {
            return List.of(new Trigger.EventPublished(walk()));
        }
    }
}
