package dev.carillon.delivery.email;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Counts the connections to the mail server; each mail in flight takes one. The limit is the configured one until the
 * server refuses a connection while others work. Then it is as many as work, and one more each {@link #GROWS_AFTER}.
 */
class SmtpConnections {

    static final Duration GROWS_AFTER = Duration.ofMinutes(1);

    private final int most;
    private final Clock clock;
    private int allowed;
    private int taken;
    private Instant changed = Instant.EPOCH;

    /** @param most how many the client has at most */
    SmtpConnections(int most, Clock clock) {
        this.most = most;
        this.allowed = most;
        this.clock = clock;
    }

    synchronized int free() {
        grow();
        return Math.max(0, allowed - taken);
    }

    synchronized Taken take() {
        taken++;
        return new Taken();
    }

    /**
     * Records that the server refused a connection, and frees it.
     *
     * @param working how many others it has greeted
     * @return whether other connections work, so that a lower limit will do; else the server lets nobody in
     */
    synchronized boolean refused(int working) {
        int others = Math.max(working, taken); // of those that are still being opened nobody knows yet
        if (others == 0) {
            return false;
        }
        allowed = Math.min(allowed, others);
        changed = clock.instant();
        return true;
    }

    private void grow() {
        if (allowed == most) {
            return;
        }
        long steps = Duration.between(changed, clock.instant()).dividedBy(GROWS_AFTER);
        if (steps > 0) {
            allowed = (int) Math.min(most, allowed + steps);
            changed = changed.plus(GROWS_AFTER.multipliedBy(steps));
        }
    }

    private synchronized void giveBack() {
        taken--;
    }

    /** The connection that one mail holds. */
    final class Taken {

        private final AtomicBoolean released = new AtomicBoolean();

        void release() {
            if (released.compareAndSet(false, true)) {
                giveBack();
            }
        }
    }
}
