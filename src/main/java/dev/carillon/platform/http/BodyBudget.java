package dev.carillon.platform.http;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** What the bodies of all requests hold of the heap together; callers without a key have a part of it, so that they cannot use up the rest. */
@ApplicationScoped
class BodyBudget {

    /** Of the heap. */
    private static final int SHARE = 16;
    /** Of all of it. */
    private static final int STRANGERS_SHARE = 4;

    /** What one request may have beside its body. */
    private static final int BESIDES_SHARE = 4;

    private final long most;
    private final long mostOfStrangers;
    private long held;
    private long heldByStrangers;

    @Inject
    BodyBudget(HttpSettings settings) {
        this(settings.bodiesInFlight().map(MemorySize::asLongValue).orElseGet(() -> Runtime.getRuntime().maxMemory() / SHARE));
    }

    BodyBudget(long most) {
        this.most = most;
        this.mostOfStrangers = most / STRANGERS_SHARE;
    }

    /** What one request holds, from now until it is let go. */
    Share share(boolean stranger) {
        return new Share(stranger);
    }

    synchronized long held() {
        return held;
    }

    private synchronized boolean fits(long bytes, boolean stranger) {
        return held + bytes <= most && (!stranger || heldByStrangers + bytes <= mostOfStrangers);
    }

    private synchronized void add(long bytes, boolean stranger) {
        held += bytes;
        heldByStrangers += stranger ? bytes : 0;
    }

    /** One request's part. */
    final class Share {

        private final boolean stranger;
        private long own;
        private boolean gone;

        private Share(boolean stranger) {
            this.stranger = stranger;
        }

        /** Whether there is room for so much now; it is not kept. */
        boolean hasRoomFor(long bytes) {
            return fits(bytes, stranger);
        }

        /** False where there is no room, and when the request is over already. */
        boolean take(long bytes) {
            synchronized (BodyBudget.this) {
                if (gone || !fits(bytes, stranger)) {
                    return false;
                }
                own += bytes;
                add(bytes, stranger);
                return true;
            }
        }

        /** Takes so much, or as much as one request may have beside its body: the largest must be taken when nobody else is there. */
        boolean takeUpTo(long bytes) {
            return bytes == 0 || take(Math.min(bytes, (stranger ? mostOfStrangers : most) / BESIDES_SHARE));
        }

        /** However often it is called, in whichever way the request ends. */
        void letGo() {
            synchronized (BodyBudget.this) {
                add(-own, stranger);
                own = 0;
                gone = true;
            }
        }
    }
}
