package dev.carillon.delivery.outbox;

import dev.carillon.delivery.DeliveryListener.Moved;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.TestDeliveries;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** An outbox in memory whose answers come when the test says so. */
public class FakeOutbox extends Outbox {

    /** A claim or a completion that waits for its answer. */
    public record Asked<T, A>(T what, CompletableFuture<A> answer) {}

    public final Deque<Asked<Lanes, ClaimedDeliveries>> claims = new ArrayDeque<>();
    public final Deque<Asked<List<Attempt>, List<Moved>>> completions = new ArrayDeque<>();
    public final List<Integer> limits = new ArrayList<>();
    public final List<LeasedDelivery> released = new ArrayList<>();
    public final Map<LeasedDelivery, Instant> postponed = new HashMap<>();
    public int probes;
    public boolean broken;

    public FakeOutbox() {
        super(null, null, null, null, null, null, null, Clock.systemUTC());
    }

    @Override
    public Uni<ClaimedDeliveries> claim(String channel, Lanes lanes, Duration lease) {
        limits.add(lanes.places());
        if (broken) {
            throw new IllegalStateException("the pool is closed");
        }
        var asked = new Asked<Lanes, ClaimedDeliveries>(lanes, new CompletableFuture<>());
        claims.add(asked);
        return Uni.createFrom().completionStage(asked.answer());
    }

    @Override
    public Uni<ClaimedDeliveries> claimProbe(String channel, Lanes lanes, Duration lease) {
        probes++;
        return claim(channel, lanes, lease);
    }

    @Override
    public Uni<Void> postpone(LeasedDelivery leased, Instant until) {
        postponed.put(leased, until);
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> release(List<LeasedDelivery> leased) {
        released.addAll(leased);
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<List<Moved>> complete(List<Attempt> attempts) {
        var asked = new Asked<List<Attempt>, List<Moved>>(attempts, new CompletableFuture<>());
        completions.add(asked);
        return Uni.createFrom().completionStage(asked.answer());
    }

    /** Answers the oldest claim with so many deliveries. */
    public void lease(int deliveries) {
        lease(deliveries, 1);
    }

    public void lease(int deliveries, int priority) {
        lease(deliveries, priority, false);
    }

    /** @param more whether a tenant has more than its share */
    public void lease(int deliveries, int priority, boolean more) {
        var leased = new ArrayList<LeasedDelivery>();
        for (int i = 0; i < deliveries; i++) {
            leased.add(TestDeliveries.leased(TestDeliveries.delivery("test", priority), 1, Instant.EPOCH));
        }
        claims.remove().answer().complete(new ClaimedDeliveries(leased, more, false, Lanes.FROM_THE_FIRST));
    }
}
