package dev.carillon.platform.limit;

import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * This replica's part of a token bucket that all replicas share. It takes tokens from the database in slices and uses
 * them here. An unused part of a slice is kept, so all replicas together may exceed the rate by a slice each for a
 * moment, never for longer.
 */
public final class TokenBucket {

    /** The result of taking a slice; {@code left} is what remains for all replicas. */
    record Lease(int granted, double left) {}

    private final String name;
    private final Rate rate;
    private final TokenBuckets buckets;
    private final Clock clock;
    private int tokens;
    private double left;
    private Instant emptyUntil = Instant.MIN;
    private @Nullable Uni<Void> leasing;

    TokenBucket(String name, Rate rate, TokenBuckets buckets, Clock clock) {
        this.name = name;
        this.rate = rate;
        this.buckets = buckets;
        this.clock = clock;
        this.left = rate.burst();
    }

    public Rate rate() {
        return rate;
    }

    /** How many may start without asking anybody. */
    public synchronized int available() {
        return Math.max(0, tokens);
    }

    /** How many could start before more come, as far as this replica knows. */
    public synchronized int remaining() {
        return (int) Math.max(0, Math.floor(Math.max(0, tokens) + left));
    }

    /** Uses one, if there is one here. */
    public synchronized boolean take() {
        if (tokens <= 0) {
            return false;
        }
        tokens--;
        return true;
    }

    /** Uses one that there is not: it will be missing from the next slice. */
    public synchronized void owe() {
        tokens--;
    }

    /** How long it takes until there is one; zero when there may be one now. */
    public synchronized Duration emptyFor() {
        var now = clock.instant();
        return tokens > 0 || !now.isBefore(emptyUntil) ? Duration.ZERO : Duration.between(now, emptyUntil);
    }

    /**
     * Gets the next slice. Concurrent callers wait for the same one. While the bucket is known to be empty, the
     * database is not asked.
     */
    public Uni<Void> refill() {
        synchronized (this) {
            if (tokens > 0 || clock.instant().isBefore(emptyUntil)) {
                return Uni.createFrom().voidItem();
            }
            if (leasing == null) {
                leasing = buckets.lease(name, rate, rate.slice() - tokens)
                        .invoke(this::leased)
                        .replaceWithVoid()
                        .onTermination()
                        .invoke(this::leaseEnded)
                        .memoize()
                        .indefinitely();
            }
            return leasing;
        }
    }

    private synchronized void leased(Lease lease) {
        tokens += lease.granted();
        left = lease.left();
        if (tokens <= 0) {
            var missing = 1 - tokens - Math.min(1, left);
            emptyUntil = clock.instant().plusNanos((long) Math.ceil(missing / rate.perSecond() * 1e9));
        }
    }

    private synchronized void leaseEnded() {
        leasing = null;
    }
}
