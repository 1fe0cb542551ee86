package dev.carillon.delivery.dispatch;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.LeasedParcel;
import dev.carillon.delivery.outbox.Outbox;
import dev.carillon.platform.sql.PgFailures;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Works one channel's outbox off: claims only what may start at once, sends, and frees the place when the completion is
 * committed. One claim at a time; as many sends at once as there are places.
 */
class DispatchLoop {

    private static final int CLAIM = 500;

    private final Channel channel;
    private final Outbox outbox;
    private final Sender sender;
    private final int places;
    private final Duration lease;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicBoolean claiming = new AtomicBoolean();
    private final AtomicBoolean wanted = new AtomicBoolean();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private volatile boolean stopped;

    DispatchLoop(Channel channel, Outbox outbox, Sender sender, DispatchSettings settings) {
        this.channel = channel;
        this.outbox = outbox;
        this.sender = sender;
        this.places = settings.concurrency();
        this.lease = settings.lease();
    }

    String channel() {
        return channel.name();
    }

    /** Looks for due parcels, now or as soon as the present look has ended. */
    void look() {
        wanted.set(true);
        claim();
    }

    /** Claims nothing more; completes when everything on its way is written down. */
    Uni<Void> stop() {
        stopped = true;
        drainedIfIdle();
        return Uni.createFrom().completionStage(drained);
    }

    private void claim() {
        while (wanted.get() && !stopped && free() > 0 && claiming.compareAndSet(false, true)) {
            int free = free();                                 // asked again: until now somebody else may have claimed
            if (stopped || free <= 0) {
                claimEnded();
                continue;                                      // a place that was freed meanwhile found us claiming
            }
            wanted.set(false);
            Uni.createFrom().deferred(() -> outbox.claim(channel.name(), free, lease)).subscribe().with(
                    leased -> claimed(leased, free),
                    failure -> {
                        Log.errorf("outbox could not be claimed; the next sweep looks again: channel=%s cause=%s", channel.name(), PgFailures.nameOf(failure));
                        claimEnded();
                    });
            return;
        }
    }

    private int free() {
        return Math.min(CLAIM, places - taken.get());
    }

    private void claimed(List<LeasedParcel> leased, int asked) {
        taken.addAndGet(leased.size());
        if (leased.size() == asked) {
            wanted.set(true);                                  // a full batch: there may be more
        }
        leased.forEach(this::send);
        claimEnded();
        claim();
    }

    private void send(LeasedParcel parcel) {
        Uni.createFrom().deferred(() -> sender.send(channel, parcel)).subscribe().with(done -> freed(), failure -> {
            Log.errorf("completion was not written; the lease runs out and the parcel is tried again: delivery=%s cause=%s",
                    parcel.parcel().id(), PgFailures.nameOf(failure));
            freed();
        });
    }

    private void freed() {
        taken.decrementAndGet();
        drainedIfIdle();
        claim();
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
