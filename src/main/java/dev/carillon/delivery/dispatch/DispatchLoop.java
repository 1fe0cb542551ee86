package dev.carillon.delivery.dispatch;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.outbox.ClaimedDeliveries;
import dev.carillon.delivery.outbox.Lanes;
import dev.carillon.delivery.outbox.Outbox;
import dev.carillon.platform.batch.Pace;
import dev.carillon.platform.sql.PgFailures;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Works off one channel's outbox. It claims only what may start at once, sends, and frees the place when the completion
 * commits. It makes one claim at a time, and as many sends at once as there are {@link Places}. What this process
 * inserts already leased takes a place as well, as long as nothing is known to wait that would have to be claimed
 * first (docs/adr/0029).
 */
class DispatchLoop {

    private final Channel channel;
    private final Outbox outbox;
    private final Sender sender;
    private final ProviderSelection selection;
    private final Places places;
    private final Duration lease;
    private final Pace pace;
    private final Pace starting;
    private final InFlight inFlight;
    private final Queue<LeasedDelivery> toStart = new ConcurrentLinkedQueue<>();
    private final AtomicInteger admitted = new AtomicInteger(); // neither started nor given back
    private final AtomicBoolean claiming = new AtomicBoolean();
    private final AtomicBoolean wanted = new AtomicBoolean();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private final LaneTurns turns = new LaneTurns();
    private volatile List<String> after = Lanes.FROM_THE_FIRST;
    private volatile boolean crowded; // a lane got all the places it may have: it may have more
    private volatile boolean backlog = true; // something may wait that has to be claimed first
    private volatile boolean stopped;

    DispatchLoop(
            Channel channel,
            Outbox outbox,
            Sender sender,
            ProviderSelection selection,
            DispatchSettings settings,
            Pace pace,
            Pace starting) {
        this.channel = channel;
        this.outbox = outbox;
        this.sender = sender;
        this.selection = selection;
        this.places = new Places(settings.concurrency());
        this.lease = settings.lease();
        this.pace = pace;
        this.starting = starting;
        this.inFlight = new InFlight(channel, selection, settings.perDestination());
    }

    String channel() {
        return channel.name();
    }

    /** Looks for due deliveries, now or as soon as the present look has ended. */
    void look() {
        wanted.set(true);
        pace.soon(this::claim);
    }

    /**
     * Gives places to deliveries that are due now, to be inserted already leased. Not while something may wait that has
     * to be claimed first, and only where nothing but the places limits how many may start.
     *
     * @return those that have a place: each is to be started or given back
     */
    List<Delivery> admit(List<Delivery> due) {
        if (stopped) {
            return List.of();
        }
        int most = backlog ? 0 : selection.admitsUnclaimed(channel) - admitted.get();
        int leave = wanted.get() ? Math.max(1, places.forOthers()) : 0; // a claim is about to come
        var admitted = most <= 0 ? List.<Delivery>of() : places.take(due, most, leave);
        this.admitted.addAndGet(admitted.size());
        if (admitted.size() < due.size()) {
            backlog = true; // the rest waits
        }
        return admitted;
    }

    /** Sends admitted deliveries whose leases are committed, in the next turn: first their callers are answered. */
    void start(List<LeasedDelivery> leased) {
        toStart.addAll(leased);
        starting.soon(this::startAdmitted);
    }

    /** The places of admitted deliveries are free again. */
    void giveBack(Collection<Delivery> deliveries) {
        admitted.addAndGet(-deliveries.size());
        deliveries.forEach(this::freed);
    }

    private void startAdmitted() {
        var tooLate = new ArrayList<LeasedDelivery>();
        for (var leased = toStart.poll(); leased != null; leased = toStart.poll()) {
            if (stopped) {
                tooLate.add(leased);
            } else {
                admitted.decrementAndGet();
                send(leased);
            }
        }
        if (!tooLate.isEmpty()) {
            release(
                    tooLate,
                    () -> giveBack(
                            tooLate.stream().map(LeasedDelivery::delivery).toList()));
        }
    }

    /** Stops claiming. Completes when everything in flight is recorded and what had not started is released. */
    Uni<Void> stop() {
        stopped = true;
        drainedIfIdle();
        return Uni.createFrom().completionStage(drained);
    }

    private void claim() {
        while (wanted.get() && !stopped && mayClaim() && claiming.compareAndSet(false, true)) {
            int free = places.reserve(leave()); // asked again: until now somebody else may have claimed
            if (stopped || free <= 0) {
                claimEnded();
                continue; // a place that was freed meanwhile found us claiming
            }
            wanted.set(false);
            var lanes = places.keep(selection.admits(channel, free, this::look), turns, after);
            if (lanes.places() <= 0) {
                backlog = true;
                claimEnded(); // paused: the sweep looks again
                continue;
            }
            Uni.createFrom()
                    .deferred(() -> claim(lanes))
                    .invoke(claimed -> claimed(claimed, lanes))
                    .subscribe()
                    .with(done -> claimIfWanted(), failure -> {
                        Log.errorf(
                                "outbox could not be claimed; the next sweep tries again: channel=%s cause=%s",
                                channel.name(), PgFailures.nameOf(failure));
                        backlog = true;
                        claimEnded();
                    });
            return;
        }
    }

    private Uni<ClaimedDeliveries> claim(Lanes lanes) {
        return channel.hasDestinations()
                ? outbox.claim(channel.name(), lanes, lease, inFlight.admission(places.untaken()))
                : lanes.places() == 1 && selection.probes(channel)
                        ? outbox.claimProbe(channel.name(), lanes, lease)
                        : outbox.claim(channel.name(), lanes, lease);
    }

    /** If it has no place, nothing more is admitted either, until a claim has found nothing left. */
    private boolean mayClaim() {
        if (places.free(leave()) == 0) {
            backlog = true;
        }
        return places.free(leave()) > 0;
    }

    /** While nothing is known to wait, a claim leaves some places to what is inserted meanwhile. */
    private int leave() {
        return backlog || channel.hasDestinations() ? 0 : places.forOthers();
    }

    private void claimed(ClaimedDeliveries claimed, Lanes lanes) {
        var leased = claimed.deliveries();
        if (stopped && !leased.isEmpty()) {
            release(leased, this::claimEnded);
            return;
        }
        int bulk = (int)
                leased.stream().filter(one -> one.delivery().priority() > 0).count();
        int low = (int)
                leased.stream().filter(one -> one.delivery().priority() > 1).count();
        boolean more = claimed.more() || leased.size() == lanes.places();
        turns.given(leased.size() - bulk, bulk - low, more);
        places.claimed(leased.stream().map(LeasedDelivery::delivery).toList());
        after = claimed.after();
        crowded = bulk >= lanes.bulk() || low >= lanes.low() || claimed.held();
        boolean offered =
                lanes.high() < lanes.places() || lanes.normal() < lanes.bulk(); // to lanes below: it is theirs again
        backlog = more || crowded || offered;
        if (more || offered) {
            wanted.set(true);
        }
        if (channel.hasDestinations()) {
            leased.forEach(inFlight::started);
        }
        leased.forEach(this::send);
        claimEnded();
    }

    /** Releases what was leased before the stop and not started, so that other replicas get it now and not when the lease expires. */
    private void release(List<LeasedDelivery> leased, Runnable ended) {
        Uni.createFrom().deferred(() -> outbox.release(leased)).subscribe().with(done -> ended.run(), failure -> {
            Log.warnf(
                    "leases could not be released; they expire: channel=%s deliveries=%d cause=%s",
                    channel.name(), leased.size(), PgFailures.nameOf(failure));
            ended.run();
        });
    }

    private void send(LeasedDelivery delivery) {
        Uni.createFrom()
                .deferred(() -> sender.send(channel, delivery))
                .subscribe()
                .with(done -> ended(delivery), failure -> {
                    Log.errorf(
                            "completion was not recorded; the lease expires and the delivery is retried: delivery=%s cause=%s",
                            delivery.delivery().id(), PgFailures.nameOf(failure));
                    ended(delivery);
                });
    }

    private void ended(LeasedDelivery delivery) {
        if (channel.hasDestinations()) {
            inFlight.ended(delivery);
        }
        freed(delivery.delivery());
    }

    private void freed(Delivery delivery) {
        places.free(delivery);
        if (crowded || selection.probes(channel)) {
            wanted.set(true);
        }
        drainedIfIdle();
        claimIfWanted();
    }

    private void claimIfWanted() {
        if (wanted.get()) {
            pace.soon(this::claim);
        }
    }

    private void claimEnded() {
        places.claimed(List.of());
        claiming.set(false);
        drainedIfIdle();
    }

    private void drainedIfIdle() {
        if (stopped && places.taken() == 0 && !claiming.get()) {
            drained.complete(null);
        }
    }
}
