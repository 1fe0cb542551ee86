package dev.carillon.platform.http;

import dev.carillon.platform.rest.Problem;
import io.netty.channel.Channel;
import io.netty.channel.nio.AbstractNioChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All connections of the HTTP server, and the heap that strangers hold: callers whose connection has not shown a valid
 * key. When there are too many connections, the most expendable one closes, in the order of {@link Standing}. If none
 * can be closed, a reserve serves paths that need no key. No tenant has more than half of the places. When strangers
 * hold too much memory, the one who has held it longest is closed. It is one for the process, because Netty creates its
 * extensions before the application exists.
 */
final class Connections {

    /** @param problems a problem as JSON */
    record ConnectionLimits(
            int connections, long heldByStrangers, Duration head, Duration idle, Function<Problem, byte[]> problems) {

        int ofOneTenant() {
            return Math.max(1, connections / 2);
        }

        int reserve() {
            return Math.max(10, connections / 16);
        }
    }

    /** Which connections are closed first when there are too many; among equals, the oldest. */
    enum Standing {
        /** Has shown no key, and asks nothing that is being answered. */
        STRANGER,
        /** Has shown a key, and asks nothing now. */
        IDLE,
        /** Has shown no key, and is being answered: that takes long only for who sends or reads slowly. */
        STRANGER_ASKS
    }

    /** How much more than they may hold strangers hold while some of them are on their way out. */
    private static final int AT_ONCE = 2;

    /** A selector releases what is removed from it on its next turn. */
    private static final long FORGOTTEN_WITHIN_MILLIS = 5;

    private static final Connections OF_THIS_PROCESS = new Connections();

    private final Set<ConnectionGuard> open = new HashSet<>();
    private final Map<Standing, Set<ConnectionGuard>> spare = new EnumMap<>(Standing.class);
    private final Set<ConnectionGuard> reserve = new LinkedHashSet<>();
    private final Map<String, Integer> byTenant = new HashMap<>();
    private final Set<ConnectionGuard> holding = new LinkedHashSet<>();
    private final Set<ConnectionGuard> coming = new HashSet<>();
    private final AtomicLong taken = new AtomicLong();
    private final List<Channel> listeners = new ArrayList<>();
    private long held;
    private long leaving;
    private volatile boolean stopping;
    private volatile ConnectionLimits limits = new ConnectionLimits(
            Integer.MAX_VALUE, Long.MAX_VALUE, Duration.ofSeconds(10), Duration.ofSeconds(75), problem -> new byte[0]);

    Connections() {
        for (var standing : Standing.values()) {
            spare.put(standing, new LinkedHashSet<>());
        }
    }

    static Connections ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    void limit(ConnectionLimits limits) {
        this.limits = limits;
    }

    ConnectionLimits limits() {
        return limits;
    }

    boolean stopping() {
        return stopping;
    }

    synchronized int count() {
        return open.size();
    }

    /** False if the connection gets a place of the reserve. The oldest one in the reserve closes for it. */
    synchronized boolean admit(ConnectionGuard connection) {
        coming.remove(connection);
        var place = makeRoom();
        if (!place && reserve.size() >= limits.reserve()) {
            letGo(reserve.iterator().next());
        }
        open.add(connection);
        (place ? of(Standing.STRANGER) : reserve).add(connection);
        return place;
    }

    /** For one of the reserve: a place that has become free since, or can be made so. */
    synchronized boolean takePlace(ConnectionGuard connection) {
        return reserve.contains(connection) && makeRoom() && reserve.remove(connection);
    }

    /** It can be spared from now on, as the last of that standing. */
    synchronized void spare(ConnectionGuard connection, Standing standing) {
        keep(connection);
        if (open.contains(connection) && !reserve.contains(connection)) {
            of(standing).add(connection);
        }
    }

    /** It cannot be spared: a request with a key is on its way. */
    synchronized void keep(ConnectionGuard connection) {
        spare.values().forEach(those -> those.remove(connection));
    }

    /**
     * It is a tenant's from now on, and where that has its share already, the longest idle one of it goes.
     *
     * @return false where none of the tenant's is idle: then it does not become the tenant's
     */
    synchronized boolean belongs(ConnectionGuard connection, String tenant) {
        if (!open.contains(connection) || reserve.contains(connection) || tenant.equals(connection.tenant())) {
            return true;
        }
        if (byTenant.getOrDefault(tenant, 0) >= limits.ofOneTenant()
                && !letGoFirst(of(Standing.IDLE).stream()
                        .filter(other -> other != connection && tenant.equals(other.tenant())))) {
            return false;
        }
        isNobodys(connection);
        connection.tenant(tenant);
        byTenant.merge(tenant, 1, Integer::sum);
        return true;
    }

    /**
     * Sets the bytes that a stranger makes us hold. If all strangers together hold too much, those who have held it
     * longest are closed, as soon as their event loops get to it.
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
        while (held - leaving > limits.heldByStrangers() && letGoFirst(holding.stream())) {
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

    /** Accepted by the listener, and not on its own event loop yet. */
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
     * Accepts no new connections, adds {@code Connection: close} to every answer, and returns when all requests are
     * answered and delivered, or the time is up. Active clients see it with their next answer; idle ones are closed.
     */
    void stop(Set<Integer> ports, Duration within) {
        refuseNewOnes(ports); // first: whoever is told to close comes back at once
        stopping = true;
        all().forEach(ConnectionGuard::stop);
        awaitNone(within);
    }

    private void refuseNewOnes(Set<Integer> ports) {
        List<Channel> here;
        synchronized (this) {
            here = listeners.stream()
                    .filter(listener ->
                            listener.localAddress() instanceof InetSocketAddress at && ports.contains(at.getPort()))
                    .toList();
        }
        here.forEach(listener -> {
            listener.eventLoop().submit(() -> listener.deregister()).awaitUninterruptibly();
            listener.eventLoop()
                    .schedule(() -> takeTheLastAndClose(listener), FORGOTTEN_WITHIN_MILLIS, TimeUnit.MILLISECONDS)
                    .awaitUninterruptibly();
        });
    }

    /**
     * The close would reset clients that are connected but not accepted yet. So they are accepted right before it,
     * until no more arrive. The remaining gap is some microseconds: the selector has released the listener by now, or
     * the close would wait for its next turn.
     */
    private void takeTheLastAndClose(Channel listener) {
        if (listener.isOpen() && listener.unsafe() instanceof AbstractNioChannel.NioUnsafe accepting) {
            accepting.read();
            LockSupport.parkNanos(1_000_000); // so that this thread is not the one to be interrupted next
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
            for (long left = within.toNanos();
                    !(open.isEmpty() && coming.isEmpty()) && left > 0;
                    left = end - System.nanoTime()) {
                wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean makeRoom() {
        return open.size() - reserve.size() < limits.connections()
                || letGoFirst(spare.values().stream().flatMap(Set::stream));
    }

    private Set<ConnectionGuard> of(Standing standing) {
        return spare.get(standing);
    }

    private boolean letGoFirst(Stream<ConnectionGuard> among) {
        var first = among.findFirst();
        first.ifPresent(this::letGo);
        return first.isPresent();
    }

    private void letGo(ConnectionGuard connection) {
        forget(connection);
        leaving += connection.held();
        connection.letGo();
    }

    /** False if it was removed before. */
    private boolean forget(ConnectionGuard connection) {
        keep(connection);
        holding.remove(connection);
        reserve.remove(connection);
        isNobodys(connection);
        return open.remove(connection);
    }

    private void isNobodys(ConnectionGuard connection) {
        var tenant = connection.tenant();
        if (tenant != null) {
            byTenant.computeIfPresent(tenant, (same, many) -> many == 1 ? null : many - 1);
            connection.tenant(null);
        }
    }
}
