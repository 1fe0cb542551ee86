package dev.carillon.delivery.circuit;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * One provider on one channel, or one destination: closed while it works; open when too many attempts of the last window failed; half-open when its pause is
 * over, and one parcel finds out. Failures count that may be the provider's (transient, ambiguous), and successes; what it refused and
 * what it asked to wait for say nothing about it.
 */
final class Circuit {

    /** How it stands. */
    enum State {
        CLOSED, OPEN, HALF_OPEN
    }

    /** What came of an attempt, as far as it says something of the provider. */
    enum Sign {
        WORKS, FAILS, NOTHING
    }

    /** What a sign has changed. */
    sealed interface Change {

        record None() implements Change {
        }

        record Opened(Instant until, int trips, int failures, int attempts) implements Change {
        }

        record Closed() implements Change {
        }
    }

    private static final Change NONE = new Change.None();
    private static final Change CLOSED = new Change.Closed();
    private static final int HIGHEST_DOUBLING = 20;

    private final CircuitSettings settings;
    private Instant half = Instant.EPOCH;                      // the window is two halves: the present one and the one before
    private int failures;
    private int attempts;
    private int failuresBefore;
    private int attemptsBefore;
    private @Nullable Instant openUntil;
    private int trips;
    private @Nullable Instant probeUntil;                      // ours to send the probe until then
    private boolean probing;                                   // it is on its way
    private boolean told;                                      // the other replicas know that it is open

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
        return openUntil == null && attempts + attemptsBefore == 0;
    }

    /** How many parcels may start: all, none, or the one that finds out. */
    synchronized int admits(int wanted, Instant now) {
        return openUntil == null ? wanted : mayProbe(now) ? Math.min(1, wanted) : 0;
    }

    /** Takes the right to send one parcel. */
    synchronized boolean pass(Instant now) {
        if (openUntil == null) {
            return true;
        }
        if (!mayProbe(now)) {
            return false;
        }
        probing = true;
        return true;
    }

    synchronized Change ended(Sign sign, Instant now) {
        if (openUntil != null) {
            return probing ? probed(sign, now) : NONE;         // what was on its way when it opened says nothing new
        }
        if (sign == Sign.NOTHING) {
            return NONE;
        }
        turn(now);
        attempts++;
        if (sign == Sign.WORKS) {
            return NONE;
        }
        failures++;
        var failed = failures + failuresBefore;
        var all = attempts + attemptsBefore;
        return all >= settings.atLeast() && failed >= settings.failureShare() * all ? open(now, failed, all) : NONE;
    }

    /** What another replica has found out, or this one has told them. */
    synchronized void heardOpen(Instant until, int times) {
        if (openUntil == null || until.isAfter(openUntil)) {
            openUntil = until;
            trips = times;
            probing = false;
            probeUntil = null;
        }
        told = true;
    }

    /**
     * No replica says it is open.
     *
     * @return whether it was here, and the others knew
     */
    synchronized boolean heardClosed() {
        if (openUntil == null || !told) {
            return false;
        }
        close();
        return true;
    }

    /** What the others do not know yet; null when they do. */
    synchronized Change.@Nullable Opened untold() {
        return openUntil == null || told ? null : new Change.Opened(openUntil, trips, 0, 0);
    }

    /** This replica, and no other, may send the probe until then. */
    synchronized void probeIsOurs(Instant until) {
        probeUntil = until;
        probing = false;
    }

    /** Whether the pause is over and nobody here may find out yet. */
    synchronized boolean wantsProbe(Instant now) {
        return openUntil != null && !now.isBefore(openUntil) && (probeUntil == null || !now.isBefore(probeUntil));
    }

    private boolean mayProbe(Instant now) {
        return openUntil != null && !now.isBefore(openUntil) && probeUntil != null && now.isBefore(probeUntil) && !probing;
    }

    private Change probed(Sign sign, Instant now) {
        probing = false;
        if (sign == Sign.WORKS) {
            close();
            return CLOSED;
        }
        return sign == Sign.FAILS ? open(now, 1, 1) : NONE;    // with nothing said, the next one finds out
    }

    private Change open(Instant now, int failed, int all) {
        var pause = settings.pause().multipliedBy(1L << Math.min(trips, HIGHEST_DOUBLING));
        var until = now.plus(pause.compareTo(settings.longestPause()) > 0 ? settings.longestPause() : pause);
        openUntil = until;
        trips++;
        told = false;
        probing = false;
        probeUntil = null;
        forget();
        return new Change.Opened(until, trips, failed, all);
    }

    private void close() {
        openUntil = null;
        trips = 0;
        probing = false;
        probeUntil = null;
        forget();
    }

    private void forget() {
        failures = 0;
        attempts = 0;
        failuresBefore = 0;
        attemptsBefore = 0;
    }

    private void turn(Instant now) {
        var length = settings.window().dividedBy(2);
        var age = Duration.between(half, now);
        if (age.compareTo(length) < 0 && !age.isNegative()) {
            return;
        }
        var next = age.compareTo(settings.window()) < 0 && !age.isNegative();
        failuresBefore = next ? failures : 0;
        attemptsBefore = next ? attempts : 0;
        failures = 0;
        attempts = 0;
        half = now;
    }
}
