package dev.carillon.delivery.dispatch;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.outbox.ClaimedDeliveries;
import dev.carillon.delivery.outbox.Lanes;
import dev.carillon.delivery.outbox.Outbox;
import dev.carillon.platform.batch.Pace;
import dev.carillon.platform.sql.PgFailures;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Works off one channel's outbox. It claims only what may start at once, sends, and frees the place when the completion
 * commits. It makes one claim at a time, and as many sends at once as there are places. A tenth of the places is kept
 * for urgent deliveries, three tenths for whatever is not bulk.
 */
class DispatchLoop {

    private static final int CLAIM = 500;
    /** The most characters of text in flight: beyond it nothing is claimed, however many places are free. */
    private static final int MOST_CHARACTERS = 2 << 20;

    private final Channel channel;
    private final Outbox outbox;
    private final Sender sender;
    private final ProviderSelection selection;
    private final int places;
    private final Duration lease;
    private final Pace pace;
    private final InFlight inFlight;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger takenByBulk = new AtomicInteger(); // normal and low
    private final AtomicInteger takenByLow = new AtomicInteger();
    private final AtomicLong characters = new AtomicLong();
    private final AtomicBoolean claiming = new AtomicBoolean();
    private final AtomicBoolean wanted = new AtomicBoolean();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private final LaneTurns turns = new LaneTurns();
    private volatile List<String> after = Lanes.FROM_THE_FIRST;
    private volatile boolean crowded; // a lane got all the places it may have: it may have more
    private volatile boolean stopped;

    DispatchLoop(
            Channel channel,
            Outbox outbox,
            Sender sender,
            ProviderSelection selection,
            DispatchSettings settings,
            Pace pace) {
        this.channel = channel;
        this.outbox = outbox;
        this.sender = sender;
        this.selection = selection;
        this.places = settings.concurrency();
        this.lease = settings.lease();
        this.pace = pace;
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

    /** Stops claiming. Completes when everything in flight is recorded and what had not started is released. */
    Uni<Void> stop() {
        stopped = true;
        drainedIfIdle();
        return Uni.createFrom().completionStage(drained);
    }

    private void claim() {
        while (wanted.get() && !stopped && free() > 0 && claiming.compareAndSet(false, true)) {
            int free = free(); // asked again: until now somebody else may have claimed
            if (stopped || free <= 0) {
                claimEnded();
                continue; // a place that was freed meanwhile found us claiming
            }
            wanted.set(false);
            var lanes = lanes(selection.admits(channel, free, this::look));
            if (lanes.places() <= 0) {
                claimEnded(); // paused: the sweep looks again
                continue;
            }
            Uni.createFrom()
                    .deferred(() -> claim(lanes))
                    .subscribe()
                    .with(claimed -> claimed(claimed, lanes), failure -> {
                        Log.errorf(
                                "outbox could not be claimed; the next sweep tries again: channel=%s cause=%s",
                                channel.name(), PgFailures.nameOf(failure));
                        claimEnded();
                    });
            return;
        }
    }

    private Uni<ClaimedDeliveries> claim(Lanes lanes) {
        return channel.hasDestinations()
                ? outbox.claim(channel.name(), lanes, lease, inFlight.admission(places - taken.get()))
                : lanes.places() == 1 && selection.probes(channel)
                        ? outbox.claimProbe(channel.name(), lanes, lease)
                        : outbox.claim(channel.name(), lanes, lease);
    }

    private int free() {
        return characters.get() >= MOST_CHARACTERS ? 0 : Math.min(CLAIM, places - taken.get());
    }

    private Lanes lanes(int places) {
        int bulk = Math.max(0, Math.min(places, share(9) - takenByBulk.get()));
        int low = Math.max(0, Math.min(bulk, share(7) - takenByLow.get()));
        return turns.lanes(places, bulk, low, after);
    }

    /** This many tenths of all places, at least one. */
    private int share(int tenths) {
        return (places * tenths + 9) / 10;
    }

    private void claimed(ClaimedDeliveries claimed, Lanes lanes) {
        var leased = claimed.deliveries();
        if (stopped && !leased.isEmpty()) {
            release(leased);
            return;
        }
        int bulk = (int)
                leased.stream().filter(one -> one.delivery().priority() > 0).count();
        int low = (int)
                leased.stream().filter(one -> one.delivery().priority() > 1).count();
        turns.given(leased.size() - bulk, bulk - low, claimed.more() || leased.size() == lanes.places());
        taken.addAndGet(leased.size());
        characters.addAndGet(
                leased.stream().mapToLong(one -> one.delivery().characters()).sum());
        takenByBulk.addAndGet(bulk);
        takenByLow.addAndGet(low);
        after = claimed.after();
        crowded = bulk >= lanes.bulk() || low >= lanes.low() || claimed.held();
        if (claimed.more() || leased.size() == lanes.places()) {
            wanted.set(true);
        }
        if (channel.hasDestinations()) {
            leased.forEach(inFlight::started);
        }
        leased.forEach(this::send);
        claimEnded();
        claimIfWanted();
    }

    /** Releases what was claimed during the stop, so that other replicas get it now and not when the lease expires. */
    private void release(List<LeasedDelivery> leased) {
        Uni.createFrom().deferred(() -> outbox.release(leased)).subscribe().with(done -> claimEnded(), failure -> {
            Log.warnf(
                    "leases could not be released; they expire: channel=%s deliveries=%d cause=%s",
                    channel.name(), leased.size(), PgFailures.nameOf(failure));
            claimEnded();
        });
    }

    private void send(LeasedDelivery delivery) {
        Uni.createFrom()
                .deferred(() -> sender.send(channel, delivery))
                .subscribe()
                .with(done -> freed(delivery), failure -> {
                    Log.errorf(
                            "completion was not recorded; the lease expires and the delivery is retried: delivery=%s cause=%s",
                            delivery.delivery().id(), PgFailures.nameOf(failure));
                    freed(delivery);
                });
    }

    private void freed(LeasedDelivery delivery) {
        if (channel.hasDestinations()) {
            inFlight.ended(delivery);
        }
        if (delivery.delivery().priority() > 0) {
            takenByBulk.decrementAndGet();
        }
        if (delivery.delivery().priority() > 1) {
            takenByLow.decrementAndGet();
        }
        taken.decrementAndGet();
        characters.addAndGet(-delivery.delivery().characters());
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
        claiming.set(false);
        drainedIfIdle();
    }

    private void drainedIfIdle() {
        if (stopped && taken.get() == 0 && !claiming.get()) {
            drained.complete(null);
        }
    }
}
