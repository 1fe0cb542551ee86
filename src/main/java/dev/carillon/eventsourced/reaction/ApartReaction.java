package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.bus.EventsPublished;
import dev.carillon.eventsourced.rule.RuleBook;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.eventbus.MessageConsumer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The reaction to the events of one throwaway tenant. */
public final class ApartReaction {

    private final Supplier<ReactionLoop> whole;
    private final Function<Runnable, ReactionLoop> dying;
    private final Consumer<@Nullable RuleBook> rules;
    private final Runnable ended;
    private volatile List<MessageConsumer<EventsPublished>> consumers = List.of();
    private volatile @Nullable ReactionLoop loop;

    ApartReaction(
            Supplier<ReactionLoop> whole,
            Function<Runnable, ReactionLoop> dying,
            Consumer<@Nullable RuleBook> rules,
            Runnable ended) {
        this.whole = whole;
        this.dying = dying;
        this.rules = rules;
        this.ended = ended;
        this.loop = whole.get();
    }

    ApartReaction heardBy(List<MessageConsumer<EventsPublished>> consumers) {
        this.consumers = consumers;
        return this;
    }

    /** Looks for pending events, as a sweep does. */
    public void look() {
        var now = loop;
        if (now != null) {
            now.look();
        }
    }

    void heard(EventsPublished published, String tenant) {
        if (published.isOf(tenant)) {
            look();
        }
    }

    /** Claims nothing more; completes when what it was at is committed. */
    public Uni<Void> stop() {
        var now = loop;
        loop = null;
        return now == null ? Uni.createFrom().voidItem() : now.stop();
    }

    /** A new loop, which looks at once: as after a restart. */
    public void start() {
        var fresh = whole.get();
        loop = fresh;
        fresh.look();
    }

    /**
     * From now on a loop that dies in the middle of its first transaction, when all is written and nothing is committed.
     * Then nothing is answered until {@link #start}.
     *
     * @return when it is so; the item completes when it has died
     */
    public Uni<Uni<Void>> dieInTheMiddle() {
        var died = new CompletableFuture<Void>();
        return stop().map(stopped -> {
            loop = dying.apply(() -> {
                loop = null;
                died.complete(null);
            });
            return Uni.createFrom().completionStage(died);
        });
    }

    /** Which rules hold from now on; null for those in force. */
    public void rules(@Nullable RuleBook book) {
        rules.accept(book);
    }

    /** Nothing of the tenant is answered any more. */
    public Uni<Void> end() {
        return stop().chain(() -> consumers.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : Uni.join()
                                .all(consumers.stream()
                                        .map(MessageConsumer::unregister)
                                        .toList())
                                .andCollectFailures()
                                .replaceWithVoid())
                .invoke(ended);
    }
}
