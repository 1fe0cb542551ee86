package dev.carillon.platform.jobs;

import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** The SQL of cluster jobs. */
@ApplicationScoped
class PgJobs {

    private static final String CLAIM = """
            insert into job as j (name, leased_until) values ($1, $4)
            on conflict (name) do update set leased_until = excluded.leased_until where j.leased_until <= $2 and j.ended_at <= $3
            """;

    private static final String ENDED = "update job set ended_at = $2, leased_until = '-infinity' where name = $1";

    /** Whether it is ours now. */
    Uni<Boolean> claim(Tx tx, String name, Instant now, Instant endedBefore, Instant leasedUntil) {
        return PgRows.of(tx, CLAIM, name, now, endedBefore, leasedUntil).any();
    }

    Uni<Void> ended(Tx tx, String name, Instant at) {
        return PgRows.of(tx, ENDED, name, at).done();
    }
}
