package dev.carillon.comparison.stage;

import java.util.concurrent.atomic.AtomicLong;

/** What went over a wire, counted as it passed. Thread-safe. */
public final class Traffic {

    private final AtomicLong roundTrips = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();

    void asked(int bytes, boolean begins) {
        sent.addAndGet(bytes);
        if (begins) {
            roundTrips.incrementAndGet();
        }
    }

    void answered(int bytes) {
        received.addAndGet(bytes);
    }

    /** Requests, each of which waits for its answer. */
    public long roundTrips() {
        return roundTrips.get();
    }

    /** Bytes of the requests, with their heads. */
    public long sent() {
        return sent.get();
    }

    /** Bytes of the answers, with their heads. */
    public long received() {
        return received.get();
    }
}
