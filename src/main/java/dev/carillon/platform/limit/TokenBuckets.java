package dev.carillon.platform.limit;

import dev.carillon.platform.sql.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Token buckets that all replicas share through the database. */
@ApplicationScoped
public class TokenBuckets {

    private final PgTokenBuckets store;
    private final Transactions transactions;
    private final Clock clock;

    TokenBuckets(PgTokenBuckets store, Transactions transactions, Clock clock) {
        this.store = store;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** This replica's part of the bucket of that name; to be kept. */
    public TokenBucket open(String name, Rate rate) {
        return new TokenBucket(name, rate, this, clock);
    }

    Uni<TokenBucket.Lease> lease(String name, Rate rate, int wanted) {
        return transactions.inTransaction(tx -> store.lease(tx, name, rate, wanted, clock.instant()));
    }
}
