package dev.carillon.platform.limit;

import dev.carillon.platform.limit.TokenBucket.Lease;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/**
 * The SQL of shared token buckets: one row each, refilled for the time that has passed whenever a replica takes a
 * slice.
 */
@ApplicationScoped
class PgTokenBuckets {

    /** $2 a second, $3 at most, $4 wanted, $5 now; a replica whose clock is behind refills nothing. */
    private static final String LEASE = """
            insert into token_bucket as b (name, tokens, granted, filled_at)
            values ($1, $3::float8 - least($4::float8, floor($3::float8)), least($4::float8, floor($3::float8)), $5)
            on conflict (name) do update set
              granted = floor(least($4::float8, greatest(0, least($3::float8, b.tokens + $2::float8 * greatest(0, extract(epoch from $5 - b.filled_at)::float8))))),
              tokens = least($3::float8, b.tokens + $2::float8 * greatest(0, extract(epoch from $5 - b.filled_at)::float8))
                - floor(least($4::float8, greatest(0, least($3::float8, b.tokens + $2::float8 * greatest(0, extract(epoch from $5 - b.filled_at)::float8))))),
              filled_at = greatest(b.filled_at, $5)
            returning granted, tokens
            """;

    Uni<Lease> lease(Tx tx, String name, Rate rate, int wanted, Instant now) {
        return PgRows.of(tx, LEASE, name, rate.perSecond(), (double) rate.burst(), (double) wanted, now)
                .one(row -> new Lease(row.getDouble("granted").intValue(), row.getDouble("tokens")));
    }
}
