package dev.carillon.delivery.circuit;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker of one provider on one channel, or of one destination. It is closed while the provider works,
 * open when too many attempts of the last window failed, and half-open after its pause, when one delivery probes.
 * Failures that may be the provider's (transient, ambiguous) and successes count; refusals and requests to wait do not.
 * A delivery counts as one failure in a window, however often it is tried. A repeated failure of the same delivery does
 * not count while others are sent.
 */
final class Circuit {

    /** The state of the circuit. */
    enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    /** What an attempt says about the provider. */
    enum Sign {
        WORKS,
        FAILS,
        NOTHING
    }

    /** How an attempt changed the circuit. */
    sealed interface CircuitChange {

        record Unchanged() implements CircuitChange {}

        record Opened(Instant until, int trips, int failures, int attempts) implements CircuitChange {}

        record Closed() implements CircuitChange {}
    }

    private static final CircuitChange NONE = new CircuitChange.Unchanged();
    private static final CircuitChange CLOSED = new CircuitChange.Closed();
    private static final int HIGHEST_DOUBLING = 20;
    /** The most deliveries whose failures are remembered. */
    private static final int MOST_KNOWN = 256;

    private final CircuitSettings settings;
    private Instant half = Instant.EPOCH; // the window is two halves: the present one and the one before
    private Set<String> failed = new HashSet<>(); // deliveries
    private Set<String> failedBefore = new HashSet<>();
    private int worked;
    private int workedBefore;
    private final Set<String> known = new LinkedHashSet<>(); // have failed, whenever that was; the last one at the end
    private @Nullable Instant openUntil;
    private int trips;
    private @Nullable Instant probeUntil; // ours to send the probe until then
    private @Nullable String probe; // the delivery that is on its way to find out
    private boolean announced; // the other replicas know that it is open

    Circuit(CircuitSettings settings) {
        this.settings = settings;
    }

    synchronized State state(Instant now) {
        return openUntil == null ? State.CLOSED : now.isBefore(openUntil) ? State.OPEN : State.HALF_OPEN;
    }

    synchronized @Nullable Instant openUntil() {
        return openUntil;
    }

    /** Whether it is closed and remembers nothing any more: another one would say the same. */
    synchronized boolean idle(Instant now) {
        turn(now);
        return openUntil == null && failures() == 0 && worked + workedBefore == 0;
    }

    /** How many deliveries may start: all, none, or the one that finds out. */
    synchronized int admits(int wanted, Instant now) {
        return openUntil == null ? wanted : mayProbe(now) ? Math.min(1, wanted) : 0;
    }

    /** Takes the right to send one delivery, of this delivery. */
    synchronized boolean pass(String delivery, Instant now) {
        if (openUntil == null) {
            return true;
        }
        if (!mayProbe(now)) {
            return false;
        }
        probe = delivery;
        return true;
    }

    /** Whether it would be no good to find out with: it is open, and this delivery is one of those that failed. */
    synchronized boolean doubts(String delivery) {
        return openUntil != null && known.contains(delivery);
    }

    synchronized CircuitChange ended(Sign sign, String delivery, Instant now) {
        if (openUntil != null) {
            return delivery.equals(probe) ? probed(sign, delivery, now) : late(sign, delivery);
        }
        turn(now);
        return switch (sign) {
            case NOTHING -> NONE;
            case WORKS -> works(delivery);
            case FAILS -> fails(delivery, now);
        };
    }

    /** Applies a circuit state that another replica has found, or that this one has published. */
    synchronized void heardOpen(Instant until, int times) {
        if (openUntil == null || until.isAfter(openUntil)) {
            openUntil = until;
            trips = times;
            probe = null;
            probeUntil = null;
        }
        announced = true;
    }

    /**
     * No replica says it is open.
     *
     * @return whether it was here, and the others knew
     */
    synchronized boolean heardClosed() {
        if (openUntil == null || !announced) {
            return false;
        }
        close();
        return true;
    }

    /** A state that the other replicas do not know yet; null if they do. */
    synchronized CircuitChange.@Nullable Opened unannounced() {
        return openUntil == null || announced ? null : new CircuitChange.Opened(openUntil, trips, 0, 0);
    }

    /** This replica, and no other, may send the probe until then. */
    synchronized void probeIsOurs(Instant until) {
        probeUntil = until;
        probe = null;
    }

    /** Whether the pause is over and this replica does not have the probe yet. */
    synchronized boolean wantsProbe(Instant now) {
        return openUntil != null && !now.isBefore(openUntil) && (probeUntil == null || !now.isBefore(probeUntil));
    }

    private boolean mayProbe(Instant now) {
        return openUntil != null
                && !now.isBefore(openUntil)
                && probeUntil != null
                && now.isBefore(probeUntil)
                && probe == null;
    }

    private CircuitChange works(String delivery) {
        known.remove(delivery);
        worked++;
        return NONE;
    }

    private CircuitChange fails(String delivery, Instant now) {
        boolean again = hasFailedBefore(delivery);
        if (again && (worked + workedBefore > 0 || failed.contains(delivery) || failedBefore.contains(delivery))) {
            return NONE;
        }
        failed.add(delivery);
        int all = failures() + worked + workedBefore;
        return all >= settings.atLeast() && failures() >= settings.failureShare() * all
                ? open(now, failures(), all, trips + 1)
                : NONE;
    }

    /** An attempt that was in flight when the circuit opened says nothing new, but its failure is remembered. */
    private CircuitChange late(Sign sign, String delivery) {
        if (sign == Sign.FAILS) {
            hasFailedBefore(delivery);
        }
        return NONE;
    }

    /** A repeated failure may be the delivery's own fault: it does not double the pause. */
    private CircuitChange probed(Sign sign, String delivery, Instant now) {
        probe = null;
        if (sign == Sign.WORKS) {
            close();
            works(delivery);
            return CLOSED;
        }
        if (sign == Sign.NOTHING) {
            return NONE; // the next one finds out
        }
        return open(now, 1, 1, hasFailedBefore(delivery) ? Math.max(1, trips) : trips + 1);
    }

    /** And will have, from now on. */
    private boolean hasFailedBefore(String delivery) {
        boolean again = known.remove(delivery);
        known.add(delivery);
        if (known.size() > MOST_KNOWN) {
            known.remove(known.iterator().next());
        }
        return again;
    }

    /** @param times how often in a row it is open then */
    private CircuitChange open(Instant now, int failures, int all, int times) {
        var pause = settings.pause().multipliedBy(1L << Math.min(times - 1, HIGHEST_DOUBLING));
        var until = now.plus(pause.compareTo(settings.longestPause()) > 0 ? settings.longestPause() : pause);
        openUntil = until;
        trips = times;
        announced = false;
        probe = null;
        probeUntil = null;
        forget();
        return new CircuitChange.Opened(until, trips, failures, all);
    }

    private void close() {
        openUntil = null;
        trips = 0;
        probe = null;
        probeUntil = null;
        forget();
    }

    private int failures() {
        return failed.size() + failedBefore.size();
    }

    private void forget() {
        failed = new HashSet<>();
        failedBefore = new HashSet<>();
        worked = 0;
        workedBefore = 0;
    }

    private void turn(Instant now) {
        var length = settings.window().dividedBy(2);
        var age = Duration.between(half, now);
        if (age.compareTo(length) < 0 && !age.isNegative()) {
            return;
        }
        var next = age.compareTo(settings.window()) < 0 && !age.isNegative();
        failedBefore = next ? failed : new HashSet<>();
        workedBefore = next ? worked : 0;
        failed = new HashSet<>();
        worked = 0;
        half = now;
    }
}
