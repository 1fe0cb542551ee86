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
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What came before an event, of a customer with 100 events in each of the last eight weeks; everything is rolled back. */
@QuarkusTest
class PgHeardPlansTest {

    private static final String EVENTS = """
            insert into event (position, recorded_at, tenant, id, source, type, subject, occurred_at, address, data, extensions, bytes)
            select -n, t, 'plans', n::text, 'plans', 'plans.' || n % 2, 'plans-' || n % 10, t, 'plans', '{}', '{}', 100
            from (select n, now() - n / 1000 * interval '1 week' - n % 1000 * interval '1 second' as t from generate_series(1, 8000) n) past
            """;

    @Inject
    Transactions transactions;

    @Inject
    Clock clock;

    @Test
    void a_query_reads_as_many_events_as_it_asks_for_whether_statistics_are_missing_or_fresh() {
        // When
        var plans = Plans.of(
                transactions,
                "analyze, costs off, timing off",
                (explained, tx) -> Plans.run(tx, "select make_partitions(now() - interval '9 weeks', 10)", EVENTS)
                        .chain(() -> explained(tx, explained))
                        .chain(() -> Plans.run(tx, "analyze event"))
                        .chain(() -> explained(tx, explained)));

        // Then
        assertThat(plans)
                .hasSize(4)
                .allSatisfy(plan -> assertThat(plan)
                        .doesNotContain("Seq Scan on event")
                        .contains("Merge Append")
                        .doesNotContain("->  Sort")
                        .contains("subject_type_occurred_at_position_idx"));
        assertThat(List.of(plans.get(0), plans.get(2)))
                .allSatisfy(plan -> assertThat(reads(plan))
                        .isNotEmpty()
                        .allSatisfy(rows -> assertThat(rows).isLessThanOrEqualTo(3)));
        assertThat(List.of(plans.get(1), plans.get(3)))
                .as("all of theirs, in one week or in two")
                .allSatisfy(plan -> assertThat(
                                reads(plan).stream().mapToInt(rows -> rows).sum())
                        .isBetween(100, 102));
    }

    @Test
    void the_place_before_a_tenants_latest_events_is_found_by_reading_these() {
        // When
        var plans = Plans.of(
                transactions,
                "analyze, costs off, timing off",
                (explained, tx) -> Plans.run(
                                tx, "select make_partitions(now() - interval '9 weeks', 10)", EVENTS, "analyze event")
                        .chain(() -> explained.explain(
                                tx, PgEventJournal.BEFORE_LATEST, Tuple.of("plans", Long.MAX_VALUE, 50))));

        // Then
        assertThat(plans).singleElement().satisfies(plan -> {
            assertThat(plan).doesNotContain("Seq Scan on event").doesNotContain("->  Sort");
            assertThat(reads(plan).stream().mapToInt(rows -> rows).sum()).isBetween(51, 60);
        });
    }

    /** The rows that each scan of the journal found for a query. */
    private static List<Integer> reads(String plan) {
        return Stream.of(plan.split("\n"))
                .filter(line ->
                        line.contains("Scan") && line.contains(" on event_") && !line.contains("never executed"))
                .map(line -> (int) Math.ceil(Double.parseDouble(line.replaceAll(".*rows=([0-9.]+) .*", "$1"))))
                .toList();
    }

    private Uni<Void> explained(Tx tx, Plans plans) {
        return plans.explain(tx, PgEventJournal.HEARD, asking(2))
                .chain(() -> plans.explain(tx, PgEventJournal.HEARD, asking(200)));
    }

    /** What ten customers did in the last two hours. */
    private Tuple asking(int most) {
        var now = clock.instant();
        return Tuple.wrap(new ArrayList<>(List.of(
                EventJournal.HEARD_BYTES_AT_MOST,
                EventJournal.BYTES_AT_ONCE,
                ten(n -> "plans").toArray(String[]::new),
                ten(n -> "plans-" + n).toArray(String[]::new),
                ten(n -> "plans." + n % 2).toArray(String[]::new),
                ten(n -> now.minus(Duration.ofHours(2)).atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new),
                ten(n -> now.atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new),
                ten(n -> 0L).toArray(Long[]::new),
                ten(n -> most).toArray(Integer[]::new))));
    }

    private static <T> Stream<T> ten(IntFunction<T> each) {
        return IntStream.range(0, 10).mapToObj(each);
    }
}
