package dev.carillon.platform.sql;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Checks that the database answers and can write. */
@ApplicationScoped
public class PgPing {

    /** How long an answer is reused for other callers: the check writes to the disk. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** Little enough that what follows does not fit and goes to a temporary file. */
    private static final String LITTLE_MEMORY = "select set_config('work_mem', '64kB', true)";

    /** Takes 300 kB of disk for a moment, writes no WAL and leaves nothing behind; on a full disk it fails with 53100. */
    private static final String WRITE = """
            select current_setting('transaction_read_only') as read_only, (select count(*) from generate_series(1, 20000)) as written""";

    private final Uni<Boolean> answer;

    PgPing(Pool pool) {
        this.answer = pool.withTransaction(connection -> connection
                        .query(LITTLE_MEMORY)
                        .execute()
                        .chain(() -> connection.query(WRITE).execute())
                        .map(rows -> "off".equals(rows.iterator().next().getString("read_only"))))
                .memoize()
                .forFixedDuration(FRESH);
    }

    /** Whether it takes what is written; fails when it does not answer, or its disk is full. */
    public Uni<Boolean> takesWrites() {
        return answer;
    }
}
