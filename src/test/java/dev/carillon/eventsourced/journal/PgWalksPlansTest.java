package dev.carillon.eventsourced.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import dev.carillon.testing.Plans;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Claims beside 1,000 walks and 100,000 events that wait behind them; everything is rolled back. */
@QuarkusTest
class PgWalksPlansTest {

    private static final String EVENTS = """
            insert into event (position, recorded_at, tenant, id, source, type, occurred_at, address, data, extensions)
            select -n, now(), 'plans-' || n % 10, n::text, 'plans', 'plans', now(), 'plans', '{}', '{}' from generate_series(1, 101200) n
            """;

    private static final String PENDING = """
            insert into event_pending (position, recorded_at, tenant, address, partition, due_at, cursor, behind)
            select -n, now(), 'plans-' || n % 10, 'plans', n % 1000, now() - interval '1 minute' - n * interval '1 second',
              case when n > 100200 then '{}'::json end, case when n <= 100000 then -100201 - n % 1000 end
            from generate_series(1, 101200) n
            """;

    /** As if the table had been looked at when all its rows were gone: then one index seems as good as another. */
    private static final String TAKEN_FOR_EMPTY = """
            select pg_restore_relation_stats('schemaname', current_schema()::text, 'relname', 'event_pending', 'relpages', 1500, 'reltuples', 0::real)
            """;

    @Inject
    Transactions transactions;

    @Inject
    Clock clock;

    @Test
    void neither_a_claim_nor_a_page_reads_what_waits_behind_walks_whatever_the_statistics_say() {
        // When
        var plans = Plans.of(
                transactions,
                "analyze, costs off",
                (explained, tx) -> Plans.run(tx, EVENTS, PENDING)
                        .chain(() -> explained(tx, explained, -100_300L))
                        .chain(() -> Plans.run(tx, TAKEN_FOR_EMPTY))
                        .chain(() -> explained(tx, explained, -100_302L))
                        .chain(() -> Plans.run(tx, "analyze event_pending"))
                        .chain(() -> explained(tx, explained, -100_301L)));

        // Then
        assertThat(plans).hasSize(9).allSatisfy(plan -> assertThat(plan).doesNotContain("Seq Scan on event_pending"));
        assertThat(List.of(plans.get(0), plans.get(3), plans.get(6)))
                .allSatisfy(plan -> assertThat(plan)
                        .contains("Index Scan using event_pending_due")
                        .contains("event_pending_walk")
                        .doesNotContain("event_pending_page")
                        .containsPattern("event_pending_due on event_pending [^\n]*rows=200(\\.00)? "));
        assertThat(List.of(plans.get(1), plans.get(4), plans.get(7)))
                .allSatisfy(plan -> assertThat(plan)
                        .contains("Index Scan using event_pending_page")
                        .containsPattern("event_pending_page on event_pending [^\n]*rows=1(\\.00)? "));
        assertThat(List.of(plans.get(2), plans.get(5), plans.get(8)))
                .allSatisfy(plan -> assertThat(plan)
                        .contains("event_pending_behind")
                        .containsPattern("event_pending_behind on event_pending [^\n]*rows=100(\\.00)? "));
    }

    private Uni<Void> explained(Tx tx, Plans plans, long walk) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        return plans.explain(tx, PgEventJournal.CLAIM, Tuple.of("plans", 200, now, 1 << 20))
                .chain(() -> plans.explain(tx, PgWalks.NEXT, Tuple.of("plans-4", now)))
                .chain(() -> plans.explain(tx, PgWalks.LET_GO, Tuple.of(new Long[] {walk})));
    }
}
