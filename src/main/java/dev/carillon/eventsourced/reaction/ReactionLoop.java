package dev.carillon.eventsourced.reaction;

import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;

/**
 * The loop of one address; it never runs twice at once. It claims, reacts, marks as done and commits until nothing is
 * left. When a batch fails, its events are tried one by one, and the one that fails alone is set aside with its error.
 */
class ReactionLoop {

    private final String address;
    private final Transactions transactions;
    private final Triggers triggers;
    private final TracedReaction reaction;
    private final Runnable walks;
    private final Rounds rounds;
    private final BatchSize size = new BatchSize();
    private volatile int singly; // how many events are to be tried one by one, after a batch of them failed

    /** @param walks told when the audience of an event is to be walked */
    ReactionLoop(
            String address, Transactions transactions, Triggers triggers, TracedReaction reaction, Runnable walks) {
        this.address = address;
        this.transactions = transactions;
        this.triggers = triggers;
        this.reaction = reaction;
        this.walks = walks;
        this.rounds = new Rounds(
                this::round,
                failure -> Log.errorf(
                        "events could not be processed; the next sweep tries again: address=%s cause=%s",
                        address, PgFailures.nameOf(failure)));
    }

    String address() {
        return address;
    }

    /** Looks for pending events, now or as soon as the present look has ended. */
    void look() {
        rounds.look();
    }

    /** Claims nothing more; completes when the batch at hand is committed. */
    Uni<Void> stop() {
        return rounds.stop();
    }

    private Uni<Boolean> round() {
        var batch = new ArrayList<Trigger>(); // known also when its transaction failed
        int others = Math.max(0, singly - 1);
        int limit = singly > 0 ? 1 : size.next();
        singly = 0; // unless this fails
        return answer(batch, limit)
                .invoke(() -> singly = batch.isEmpty() ? 0 : others)
                .onFailure()
                .recoverWithUni(failure ->
                        failed(batch, failure).invoke(() -> singly = batch.size() > 1 ? batch.size() : others))
                .map(done -> !batch.isEmpty());
    }

    private Uni<Void> answer(List<Trigger> batch, int limit) {
        return transactions
                .inTransaction(tx -> triggers.claim(tx, address, limit)
                        .invoke(batch::addAll)
                        .chain(claimed -> claimed.isEmpty()
                                ? Uni.createFrom().<Reaction.Reacted>nullItem()
                                : reaction.react(tx, claimed)))
                .onItem()
                .ifNotNull()
                .invoke(reacted -> {
                    size.answered(reacted.triggers(), batch.size());
                    reaction.committed(reacted, batch);
                    if (reacted.walks()) {
                        walks.run();
                    }
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
}
