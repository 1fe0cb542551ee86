package dev.carillon.delivery.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.sql.PgPreparing;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import dev.carillon.testing.Plans;
import io.quarkus.logging.Log;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The queue's statements with 100,000 deliveries of a dead destination set aside in front of others; everything is rolled back. */
@QuarkusTest
class PgAsidePlansTest {

    private static final Pattern SEQ_SCAN = Pattern.compile("Seq Scan on (outbox|delivery) [^\\n]*\\(actual");
    private static final Pattern BUFFERS = Pattern.compile("Buffers: shared hit=([0-9]+)(?: read=([0-9]+))?");
    private static final Pattern TIME = Pattern.compile("Execution Time: ([0-9.]+) ms");

    private static final List<String> FILL = List.of(
            """
            insert into delivery (id, created_at, tenant, notification_id, channel, recipient, subject, body)
            select lpad(n::text, 26, '0'), now(), 'plans', lpad(n::text, 26, '0'), 'plans', 'https://example.com/', 'Subject', repeat('text ', 40)
            from generate_series(1, 100200) n
            """,
            """
            insert into outbox (delivery_id, created_at, tenant, channel, priority, state, due_at, destination)
            select lpad(n::text, 26, '0'), now(), 'plans', 'plans', 1, case when n <= 100100 then 3 else 0 end, now() - interval '1 hour' + n * interval '10 ms',
                   case when n <= 100000 then 'dead' when n <= 100100 then 'alive' end
            from generate_series(1, 100200) n
            """,
            "insert into outbox_destination (channel, tenant, destination) values ('plans', 'plans', 'alive')",
            "insert into outbox_destination (channel, tenant, destination) select 'plans', 'plans', 'dead-' || n from generate_series(1, 1000) n");

    @Inject
    Transactions transactions;

    @Test
    void cost_as_little_as_if_nothing_were_set_aside() {
        // When
        var plans = Plans.of(
                transactions,
                "analyze, buffers, costs off",
                (explained, tx) -> Plans.run(tx, FILL)
                        .chain(() -> explained(tx, explained))
                        .chain(() -> Plans.run(
                                tx, List.of("analyze outbox", "analyze delivery", "analyze outbox_destination")))
                        .chain(() -> explained(tx, explained)));

        // Then
        assertThat(plans).hasSize(8);
        assertThat(plans).allSatisfy(plan -> assertThat(plan).doesNotContainPattern(SEQ_SCAN));
        assertThat(plans).allSatisfy(plan -> assertThat(buffers(plan)).as(plan).isLessThan(6_000));
        assertThat(List.of(plans.get(0), plans.get(4)))
                .allSatisfy(plan -> assertThat(plan).contains("outbox_due").doesNotContain("outbox_aside"));
        assertThat(List.of(plans.get(1), plans.get(5)))
                .allSatisfy(plan -> assertThat(plan).contains("outbox_aside"));
        plans.forEach(plan -> Log.infof(
                "buffers=%d time=%s ms",
                buffers(plan),
                TIME.matcher(plan)
                        .results()
                        .map(found -> found.group(1))
                        .findFirst()
                        .orElse("?")));
    }

    @Test
    void are_short_enough_to_stay_prepared() {
        assertThat(List.of(
                        PgSetAside.LISTED, PgSetAside.CLAIM, PgSetAside.SET_ASIDE, PgSetAside.LIST, PgSetAside.STRIKE))
                .allSatisfy(sql -> assertThat(sql.length()).isLessThan(PgPreparing.LONGEST));
    }

    private static int buffers(String plan) {
        var found = BUFFERS.matcher(plan);
        assertThat(found.find()).isTrue();
        return Integer.parseInt(found.group(1)) + (found.group(2) == null ? 0 : Integer.parseInt(found.group(2)));
    }

    private static Uni<Void> explained(Tx tx, Plans plans) {
        var now = Clock.systemUTC().instant().atOffset(ZoneOffset.UTC);
        var dead = IntStream.rangeClosed(1, 256).mapToObj(n -> "dead-" + n).toArray(String[]::new);
        var tenants = IntStream.rangeClosed(1, 256).mapToObj(n -> "plans").toArray(String[]::new);
        var versions = IntStream.rangeClosed(1, 256).mapToObj(n -> 1L).toArray(Long[]::new);
        return PgOutboxPlansTest.claimed(tx, plans)
                .chain(() -> plans.explain(
                        tx,
                        PgSetAside.CLAIM,
                        Tuple.tuple()
                                .addString("plans")
                                .addInteger(250)
                                .addOffsetDateTime(now)
                                .addOffsetDateTime(now.plusSeconds(30))
                                .addArrayOfString(new String[] {"plans"})
                                .addArrayOfString(new String[] {"alive"})
                                .addArrayOfInteger(new Integer[] {50})))
                .chain(() -> plans.explain(tx, PgSetAside.LISTED, Tuple.of("plans", "plans", "dead-5", 256)))
                .chain(() -> plans.explain(tx, PgSetAside.STRIKE, Tuple.of("plans", tenants, dead, versions)));
    }
}
