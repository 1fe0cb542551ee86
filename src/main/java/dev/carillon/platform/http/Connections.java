package dev.carillon.platform.http;

import dev.carillon.platform.problem.Problem;
import io.netty.channel.Channel;
import io.netty.channel.nio.AbstractNioChannel;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Every connection of the HTTP server, and what strangers hold of the heap: callers who have not shown a key in force on theirs. Where
 * there are too many connections, or strangers hold too much, it is the stranger who has waited longest that goes, so whoever comes
 * with a key gets a place. Netty makes its extensions itself, before the application is there: hence one for the process.
 */
final class Connections {

    /** @param problems a problem as JSON */
    record Limits(int connections, long heldByStrangers, Duration head, Duration idle, Function<Problem, byte[]> problems) {
    }

    /** How much more than they may hold strangers hold while some of them are on their way out. */
    private static final int AT_ONCE = 2;

    /** A selector lets go of what is taken from it on its next turn. */
    private static final long FORGOTTEN_WITHIN_MILLIS = 5;

    private static final Connections OF_THIS_PROCESS = new Connections();

    private final Set<ConnectionGuard> open = new HashSet<>();
    private final Set<ConnectionGuard> waiting = new LinkedHashSet<>();
    private final Set<ConnectionGuard> holding = new LinkedHashSet<>();
    private final Set<ConnectionGuard> coming = new HashSet<>();
    private final AtomicLong taken = new AtomicLong();
    private final List<Channel> listeners = new ArrayList<>();
    private long held;
    private long leaving;
    private volatile boolean stopping;
    private volatile Limits limits = new Limits(Integer.MAX_VALUE, Long.MAX_VALUE, Duration.ofSeconds(10), Duration.ofSeconds(75), problem -> new byte[0]);

    static Connections ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    void limit(Limits limits) {
        this.limits = limits;
    }

    Limits limits() {
        return limits;
    }

    boolean stopping() {
        return stopping;
    }

    synchronized int count() {
        return open.size();
    }

    /** False where there is no place: all are taken by those who have shown a key, or are being answered. */
    synchronized boolean admit(ConnectionGuard connection) {
        coming.remove(connection);
        if (open.size() >= limits.connections() && !letOneGo(waiting)) {
            return false;
        }
        open.add(connection);
        waiting.add(connection);
        return true;
    }

    /** A stranger who asks nothing now: the last of those who may be let go. */
    synchronized void waits(ConnectionGuard connection) {
        waiting.remove(connection);
        if (open.contains(connection)) {
            waiting.add(connection);
        }
    }

    /** Not to be let go for the place alone: it is being answered, or has shown a key. */
    synchronized void keep(ConnectionGuard connection) {
        waiting.remove(connection);
    }

    /**
     * What a stranger makes us hold, in bytes, in place of what was said before. Where it is too much for all of them, those who have held
     * it longest are let go, which takes until their event loops come to it.
     *
     * @return false where it is so much that this one must go at once, before it is made anything of
     */
    synchronized boolean hold(ConnectionGuard connection, long bytes) {
        if (!open.contains(connection)) {
            return bytes == 0;
        }
        held += bytes - connection.held();
        connection.held(bytes);
        if (bytes == 0) {
            holding.remove(connection);
        } else {
            holding.add(connection);
        }
        while (held - leaving > limits.heldByStrangers() && letOneGo(holding)) {
            // until what the others hold is little enough
        }
        return bytes == 0 || held <= AT_ONCE * limits.heldByStrangers();
    }

    /** It is closed, and holds nothing any more. */
    synchronized void left(ConnectionGuard connection) {
        if (!forget(connection)) {
            leaving -= connection.held();
        }
        held -= connection.held();
        connection.held(0);
        notifyAll();
    }

    /** Taken from the listener, and not yet with an event loop of its own. */
    synchronized void comes(ConnectionGuard connection) {
        taken.incrementAndGet();
        coming.add(connection);
    }

    /** It is closed, whether it ever began or not. */
    synchronized void came(ConnectionGuard connection) {
        coming.remove(connection);
        notifyAll();
    }

    synchronized void listens(Channel listener) {
        listeners.add(listener);
    }

    /**
     * Takes no new connection at the ports, has every answer say {@code Connection: close}, and returns when all that was asked is answered
     * and taken, or the time is up. Those who go on asking are told with their next answer; those who have stopped asking are let go.
     */
    void stop(Set<Integer> ports, Duration within) {
        refuseNewOnes(ports);                            // first: whoever is told to close comes back at once
        stopping = true;
        all().forEach(ConnectionGuard::stop);
        awaitNone(within);
    }

    private void refuseNewOnes(Set<Integer> ports) {
        List<Channel> here;
        synchronized (this) {
            here = listeners.stream().filter(listener -> listener.localAddress() instanceof InetSocketAddress at && ports.contains(at.getPort())).toList();
        }
        here.forEach(listener -> {
            listener.eventLoop().submit(() -> listener.deregister()).awaitUninterruptibly();
            listener.eventLoop().schedule(() -> takeTheLastAndClose(listener), FORGOTTEN_WITHIN_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
        });
    }

    /**
     * Whoever is connected already but not taken yet would be reset by the close: so they are taken right before it, until nobody more has
     * come. Whoever comes between the last look and the close has some microseconds for it: the selector has forgotten the listener by
     * now, or the close would wait for its next turn.
     */
    private void takeTheLastAndClose(Channel listener) {
        if (listener.isOpen() && listener.unsafe() instanceof AbstractNioChannel.NioUnsafe accepting) {
            accepting.read();
            LockSupport.parkNanos(1_000_000);            // so that this thread is not the one to be interrupted next
            long before;
            do {
                before = taken.get();
                accepting.read();
            } while (taken.get() > before);
        }
        listener.close();
    }

    private synchronized List<ConnectionGuard> all() {
        return List.copyOf(open);
    }

    private synchronized void awaitNone(Duration within) {
        var end = System.nanoTime() + within.toNanos();
        try {
            for (long left = within.toNanos(); !(open.isEmpty() && coming.isEmpty()) && left > 0; left = end - System.nanoTime()) {
                wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean letOneGo(Set<ConnectionGuard> among) {
        var first = among.iterator();
        if (!first.hasNext()) {
            return false;
        }
        var gone = first.next();
        forget(gone);
        leaving += gone.held();
        gone.letGo();
        return true;
    }

    /** False where it was let go before. */
    private boolean forget(ConnectionGuard connection) {
        waiting.remove(connection);
        holding.remove(connection);
        return open.remove(connection);
    }
}
