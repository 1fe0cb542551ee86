package dev.carillon.eventsourced.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import dev.carillon.testing.Plans;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** The claim of what is due with 100,000 timers that are not; everything is rolled back. */
@QuarkusTest
class PgTimersPlansTest {

    private static final String FILL = """
            insert into timer (id, tenant, address, kind, rule_id, rule_version, customer_id, key, event_position, event_recorded_at, armed_at, due_at)
            select lpad(n::text, 26, '0'), 'plans', 'plans', 'delay', 'r', 'v', 'c-' || n, '', n, now(), now(),
                   now() + case when n % 1000 = 0 then interval '-1 hour' else interval '1 day' end
            from generate_series(1, 100000) n
            """;

    @Inject
    Transactions transactions;

    @Inject
    Clock clock;

    @Test
    void the_claim_reads_only_what_is_due_whether_statistics_are_old_or_fresh() {
        // When
        var plans = Plans.of(
                transactions,
                "analyze, costs off",
                (explained, tx) -> Plans.run(tx, FILL)
                        .chain(() -> explained(tx, explained))
                        .chain(() -> Plans.run(tx, "analyze timer"))
                        .chain(() -> explained(tx, explained)));

        // Then
        assertThat(plans)
                .hasSize(2)
                .allSatisfy(plan -> assertThat(plan)
                        .contains("Index Scan using timer_due")
                        .doesNotContain("Seq Scan")
                        .doesNotContain("Sort")
                        .containsPattern("rows=100(\\.00)? "));
    }

    private Uni<Void> explained(Tx tx, Plans plans) {
        return plans.explain(tx, PgTimers.DUE, Tuple.of("plans", clock.instant().atOffset(ZoneOffset.UTC), 200));
    }
}
