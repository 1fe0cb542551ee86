package dev.carillon.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.sql.Transactions;
import dev.carillon.testing.Plans;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One of 20,000 sessions of 1,000 keys, of which a few have ended; everything is rolled back. */
@QuarkusTest
class PgSessionsPlansTest {

    private static final List<String> FILL = List.of(
            "insert into tenant (id, created_at) values ('plans', now())",
            """
            insert into api_key (hash, id, tenant, roles, label, created_at)
            select sha256(('key' || n)::bytea), 'plans-' || n, 'plans', '{reader}', 'plans', now() from generate_series(1, 1000) n
            """,
            """
            insert into session (hash, tenant, key_id, created_at, expires_at, idle_until)
            select sha256(('session' || n)::bytea), 'plans', 'plans-' || (1 + n % 1000), now(), now() + interval '12 hours',
              now() + interval '30 minutes' - (n > 19990)::int * interval '1 hour' from generate_series(1, 20000) n
            """,
            "analyze session",
            "analyze api_key");

    @Inject
    Transactions transactions;

    @Test
    void reads_the_one_it_is_asked_for_and_those_that_have_ended() {
        // When
        var now = OffsetDateTime.now();
        var plans = Plans.of(
                transactions,
                "analyze, costs off, timing off, summary off",
                (explained, tx) -> Plans.run(tx, FILL)
                        .chain(() -> explained.explain(
                                tx,
                                PgSessions.FIND,
                                Tuple.of(Buffer.buffer(new byte[32]), now, now.plusMinutes(30), now.plusMinutes(29))))
                        .chain(() -> explained.explain(tx, PgSessions.IN_FORCE, Tuple.of(new String[] {"00"}, now)))
                        .chain(() -> explained.explain(tx, PgSessions.FORGET, Tuple.of(now, 1000))));

        // Then
        assertThat(plans)
                .hasSize(3)
                .allSatisfy(plan -> assertThat(plan)
                        .doesNotContainPattern("Seq Scan on [a-z_0-9]+[^\\n]*\\(actual")
                        .doesNotContainPattern("actual rows=[0-9]{3,}"));
        assertThat(plans.get(0)).contains("session_pkey");
        assertThat(plans.get(2)).contains("session_ending");
    }
}
