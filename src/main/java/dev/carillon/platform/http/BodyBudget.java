package dev.carillon.platform.http;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Limits the heap that all request bodies take together. Callers without a key share one part, callers with a key the
 * rest; within a part, one address or tenant gets half, or a single body. When a part is full, a body still being
 * received is dropped: among strangers the one that has taken longest; among tenants one beyond its half, in favour of
 * one within it.
 */
@ApplicationScoped
class BodyBudget {

    /** Of the heap. */
    private static final int SHARE = 16;
    /** Of all of it. */
    private static final int STRANGERS_SHARE = 4;
    /** What one request may have beside its body, of what there is for its kind. */
    private static final int BESIDES_SHARE = 4;

    private final long forStrangers;
    private final long forKnown;
    private final Map<BodyOwner, Long> byHolder = new HashMap<>();
    private final Set<Share> comingIn = new LinkedHashSet<>();
    private long held;
    private long heldByStrangers;

    /** Whose bodies are counted together: an address or a tenant. */
    record BodyOwner(boolean stranger, String name) {}

    @Inject
    BodyBudget(HttpSettings settings) {
        this(settings.bodiesInFlight()
                .map(MemorySize::asLongValue)
                .orElseGet(() -> Runtime.getRuntime().maxMemory() / SHARE));
    }

    BodyBudget(long most) {
        this.forStrangers = most / STRANGERS_SHARE;
        this.forKnown = most - forStrangers;
    }

    /**
     * Opens the share of one request, until it is released.
     *
     * @param makesRoom is called, on whatever thread, when it had to make room for another one: it holds nothing any more
     */
    Share share(BodyOwner holder, Runnable makesRoom) {
        return new Share(holder, makesRoom);
    }

    synchronized long held() {
        return held;
    }

    private long limit(BodyOwner holder) {
        return holder.stranger() ? forStrangers : forKnown;
    }

    private long heldByKind(BodyOwner holder) {
        return holder.stranger() ? heldByStrangers : held - heldByStrangers;
    }

    private long heldBy(BodyOwner holder) {
        return byHolder.getOrDefault(holder, 0L);
    }

    private boolean isWithinHalf(Share share, long more) {
        return heldBy(share.holder) + more <= limit(share.holder) / 2;
    }

    private boolean hasRoom(Share share, long bytes) {
        while (!isWithinHalf(share, bytes) && heldBy(share.holder) > share.own) {
            if (!share.holder.stranger() || !letGoFirst(other -> other != share && other.holder.equals(share.holder))) {
                return false;
            }
        }
        while (heldByKind(share.holder) + bytes > limit(share.holder)) {
            if (!letGoFirst(other -> other != share && makesRoomFor(share, bytes, other))) {
                return false;
            }
        }
        return true;
    }

    private boolean makesRoomFor(Share share, long bytes, Share other) {
        return other.holder.stranger() == share.holder.stranger()
                && (other.holder.stranger() || isWithinHalf(share, bytes) && !isWithinHalf(other, 0));
    }

    private boolean letGoFirst(Predicate<Share> which) {
        var first = comingIn.stream().filter(which).findFirst();
        first.ifPresent(share -> {
            share.letGo();
            share.makesRoom.run();
        });
        return first.isPresent();
    }

    private void add(BodyOwner holder, long bytes) {
        held += bytes;
        heldByStrangers += holder.stranger() ? bytes : 0;
        byHolder.merge(holder, bytes, (before, more) -> before + more == 0 ? null : before + more);
    }

    /** One request's share of the budget. */
    final class Share {

        private final BodyOwner holder;
        private final Runnable makesRoom;
        private long own;
        private boolean gone;

        private Share(BodyOwner holder, Runnable makesRoom) {
            this.holder = holder;
            this.makesRoom = makesRoom;
        }

        /** False where there is no room for so much, of which {@code more} is not kept: it is still to come. */
        boolean begin(long bytes, long more) {
            synchronized (BodyBudget.this) {
                if (gone || !hasRoom(this, bytes + more) || !take(bytes)) {
                    return false;
                }
                comingIn.add(this);
                return true;
            }
        }

        /** False where there is no room, and when the request is over already. */
        boolean take(long bytes) {
            synchronized (BodyBudget.this) {
                if (gone || !hasRoom(this, bytes)) {
                    return false;
                }
                if (bytes > 0) {
                    own += bytes;
                    add(holder, bytes);
                }
                return true;
            }
        }

        /**
         * Marks the body as complete: it is no longer dropped to make room. Adds memory beside the body, up to what one
         * request may have; the largest must be accepted when nothing else is there.
         */
        boolean whole(long besides) {
            synchronized (BodyBudget.this) {
                comingIn.remove(this);
                var most = limit(holder) / BESIDES_SHARE;
                return take(Math.min(besides, heldByKind(holder) == own ? Math.min(most, limit(holder) - own) : most));
            }
        }

        /** However often it is called, in whichever way the request ends. */
        void letGo() {
            synchronized (BodyBudget.this) {
                comingIn.remove(this);
                if (own > 0) {
                    add(holder, -own);
                }
                own = 0;
                gone = true;
            }
        }
    }
}
