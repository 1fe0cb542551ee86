package dev.carillon.platform.limit;

import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Replicas that share buckets in memory. */
public final class TestBuckets extends PgTokenBuckets {

    private record Bucket(double tokens, Instant filledAt) {}

    private final Map<String, Bucket> buckets = new HashMap<>();
    int leases;

    public TokenBuckets replica(Clock clock) {
        return new TokenBuckets(
                this,
                new Transactions() {
                    @Override
                    public <T> Uni<T> inTransaction(Function<Tx, Uni<T>> work) {
                        return work.apply(new Tx() {});
                    }
                },
                clock);
    }

    @Override
    Uni<TokenBucket.Lease> lease(Tx tx, String name, Rate rate, int wanted, Instant now) {
        leases++;
        var bucket = buckets.getOrDefault(name, new Bucket(rate.burst(), now));
        double tokens = Math.min(
                rate.burst(),
                bucket.tokens()
                        + rate.perSecond()
                                * Duration.between(bucket.filledAt(), now).toNanos()
                                / 1e9);
        int granted = (int) Math.floor(Math.min(wanted, Math.max(0, tokens)));
        buckets.put(name, new Bucket(tokens - granted, now));
        return Uni.createFrom().item(new TokenBucket.Lease(granted, tokens - granted));
    }
}
