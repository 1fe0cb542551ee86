package dev.carillon.delivery.outbox;

import dev.carillon.delivery.Channels;
import dev.carillon.delivery.outbox.PgQueues.DueInLane;
import dev.carillon.delivery.outbox.PgQueues.LaneKey;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** How deep and how old a tenant's queues are. */
@ApplicationScoped
public class Queues {

    private final PgQueues store;
    private final Channels channels;

    Queues(PgQueues store, Channels channels) {
        this.store = store;
        this.channels = channels;
    }

    /** Every lane of every channel, in their order, also those in which nothing waits. */
    public Uni<List<LaneQueue>> of(Tx tx, String tenant, Instant now) {
        var names = channels.names();
        return store.lanes(tx, tenant, names, now)
                .chain(due -> store.aside(tx, tenant, names)
                        .chain(aside -> store.held(tx, tenant)
                                .chain(held ->
                                        store.sending(tx, tenant).map(sending -> lanes(due, aside, held, sending)))));
    }

    private static List<LaneQueue> lanes(
            List<DueInLane> due, Map<LaneKey, Long> aside, Map<LaneKey, Long> held, Map<LaneKey, Long> sending) {
        return due.stream()
                .sorted(Comparator.comparing((DueInLane one) -> one.lane().channel())
                        .thenComparing(one -> one.lane().priority()))
                .map(one -> new LaneQueue(
                        one.lane().channel(),
                        one.lane().priority(),
                        BoundedCount.of(one.due()),
                        of(one.lane(), aside, one.lane().channel()::equals),
                        of(one.lane(), sending, any -> true),
                        BoundedCount.of(one.later()),
                        of(one.lane(), held, any -> true),
                        one.oldest()))
                .toList();
    }

    /**
     * Where all that were counted together reach the bound, there may be more in each lane.
     *
     * @param together the channels that were
     */
    private static BoundedCount of(LaneKey lane, Map<LaneKey, Long> counted, Predicate<String> together) {
        long all = counted.entrySet().stream()
                .filter(one -> together.test(one.getKey().channel()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        var here = BoundedCount.of(counted.getOrDefault(lane, 0L));
        return all > BoundedCount.MOST ? new BoundedCount(here.count(), true) : here;
    }
}
