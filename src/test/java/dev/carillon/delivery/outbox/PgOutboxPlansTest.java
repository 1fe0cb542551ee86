package dev.carillon.delivery.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.delivery.DeliveryTally;
import dev.carillon.delivery.TestDeliveries;
import dev.carillon.platform.sql.PgPreparing;
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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The queue's statements with 100,000 deliveries in it for as many customers, most of them not due; everything is rolled back. */
@QuarkusTest
class PgOutboxPlansTest {

    /** A table that was really read from end to end; partitions that are pruned at run time say "never executed". */
    private static final Pattern SEQ_SCAN = Pattern.compile(
            "Seq Scan on (outbox|delivery|attempt|dead_letter|customer_version|preference_version|address_suppression|recipient_change)[^\\n]*\\(actual");

    /** A week of deliveries that was really read; the others say "never executed". */
    private static final Pattern WEEK = Pattern.compile("on (delivery_\\w+) \\S+ \\(actual");

    private static final Pattern STALE_CHECK = Pattern.compile(
            "using (customer_version|preference_version|erasure|address_suppression)_\\w+[^\\n]*\\(actual");

    private static final String EIGHT_PAST_WEEKS = "select make_partitions(now() - interval '8 weeks', 8)";

    private static final String QUEUE = """
            insert into outbox (delivery_id, created_at, tenant, channel, priority, state, due_at, attempt, lease_token, lease_until, customer_id, judged_as_of)
            select lpad(n::text, 26, '0'), now(), 'plans', 'plans', n % 3,
                   case when n % 200 = 0 then 1 else 0 end,
                   now() + case when n % 10 = 0 then interval '-1 hour' else interval '1 hour' end,
                   1, n, case when n % 200 = 0 then now() - interval '1 minute' end, 'customer-' || n, 2
            from generate_series(1, 100000) n
            """;

    private static final List<String> FILL = List.of(EIGHT_PAST_WEEKS, """
            insert into delivery (id, created_at, tenant, notification_id, channel, recipient, subject, body)
            select lpad(n::text, 26, '0'), now(), 'plans', lpad(n::text, 26, '0'), 'plans', 'someone@example.com', 'Subject', repeat('text ', 40)
            from generate_series(1, 100000) n
            """, QUEUE, """
            insert into customer_version (tenant, id, position, version, attributes)
            select 'plans', 'customer-' || n, 1, 1, '{}' from generate_series(1, 100000) n
            """, """
            insert into preference_version (tenant, customer_id, position, version, choices)
            select 'plans', 'customer-' || n, 2, 1, '{}' from generate_series(1, 100000) n
            """, """
            insert into address_suppression (tenant, address, channel, cause, position, id, source, since)
            select 'plans', 'other-' || n || '@example.com', 'plans', 'bounce', 3, 'plans-' || n, 'test', now() from generate_series(1, 100000) n
            """);

    private static final List<String> ANALYZE = List.of(
            "analyze outbox",
            "analyze delivery",
            "analyze customer_version",
            "analyze preference_version",
            "analyze address_suppression");

    private static final List<String> NOBODY_HAS_CHANGED = List.of(
            "delete from recipient_change where position > 2",
            "insert into recipient_change (position, tenant) values (2, 'plans')",
            "analyze recipient_change");

    @Inject
    Transactions transactions;

    @Inject
    DeliveryTally tally;

    @Test
    void read_no_table_from_end_to_end_whether_its_statistics_are_missing_old_or_fresh() {
        // When
        var plans = Plans.of(
                transactions,
                "analyze, costs off",
                (explained, tx) -> Plans.run(tx, FILL)
                        .chain(() -> explained(tx, explained))
                        .chain(() -> Plans.run(tx, List.of("delete from outbox", "analyze outbox", QUEUE)))
                        .chain(() -> explained(tx, explained))
                        .chain(() -> Plans.run(tx, ANALYZE))
                        .chain(() -> explained(tx, explained))
                        .chain(() -> inserted(tx, explained))
                        .chain(() -> Plans.run(tx, NOBODY_HAS_CHANGED))
                        .chain(() -> claimed(tx, explained))
                        .chain(() -> inserted(tx, explained)));

        // Then
        assertThat(plans).hasSize(18);
        assertThat(plans).allSatisfy(plan -> assertThat(plan).doesNotContainPattern(SEQ_SCAN));
        assertThat(List.of(plans.get(0), plans.get(5), plans.get(10), plans.get(16)))
                .as("one week of deliveries, however many there are")
                .allSatisfy(plan -> assertThat(WEEK.matcher(plan).results().map(week -> week.group(1)))
                        .hasSize(1));
        assertThat(List.of(plans.get(0), plans.get(5), plans.get(10), plans.get(15)))
                .allSatisfy(plan -> assertThat(plan).containsPattern(STALE_CHECK));
        assertThat(List.of(plans.get(16), plans.get(17)))
                .as("nothing has changed about anybody")
                .allSatisfy(plan -> assertThat(plan).doesNotContainPattern(STALE_CHECK));
        assertThat(List.of(plans.get(0), plans.get(3), plans.get(5), plans.get(8), plans.get(10), plans.get(13)))
                .as("one look for each that is claimed")
                .allSatisfy(plan -> assertThat(plan)
                        .contains(
                                "customer_version_pkey",
                                "preference_version_pkey",
                                "address_suppression_pkey",
                                "erasure_pkey")
                        .doesNotContain("hashed"));
        assertThat(plans).element(0).asString().contains("Index Scan using outbox_due");
        assertThat(plans).element(5).asString().contains("Index Scan using outbox_due");
        assertThat(plans).element(10).asString().contains("Index Scan using outbox_due");
        assertThat(List.of(plans.get(3), plans.get(8), plans.get(13)))
                .as("all have been tried")
                .allSatisfy(plan -> assertThat(plan).contains("Index Scan Backward using outbox_due"));
        assertThat(List.of(plans.get(1), plans.get(4), plans.get(6), plans.get(9), plans.get(11), plans.get(14)))
                .allSatisfy(plan -> assertThat(plan).contains("outbox_pkey").doesNotContain("outbox_leased"));
        assertThat(List.of(plans.get(1), plans.get(6), plans.get(11)))
                .as("what is completed is moved at its place")
                .allSatisfy(plan -> assertThat(plan).contains("Tid Scan on outbox o"));
    }

    /** The client's cache of prepared statements takes none that is longer: it would be planned anew each time. */
    @Test
    void are_short_enough_to_stay_prepared() {
        assertThat(List.of(
                        PgOutbox.INSERT,
                        PgOutbox.CLAIM,
                        PgAttempts.complete(tally),
                        PgAttempts.takeOver(tally),
                        PgProbes.CLAIM))
                .allSatisfy(sql -> assertThat(sql.length()).isLessThan(PgPreparing.LONGEST));
    }

    private Uni<Void> explained(Tx tx, Plans plans) {
        var now = Clock.systemUTC().instant().atOffset(ZoneOffset.UTC);
        var ids = new String[500];
        var tokens = new Long[500];
        var outcomes = new String[500];
        var texts = new String[500];
        var times = new OffsetDateTime[500];
        for (int i = 0; i < 500; i++) {
            ids[i] = String.format("%026d", (i + 1) * 200);
            tokens[i] = (i + 1) * 200L;
            outcomes[i] = i % 3 == 0 ? "retry" : i % 3 == 1 ? "sent" : "dead";
            texts[i] = "x";
            times[i] = now;
        }
        var completion = Tuple.tuple()
                .addOffsetDateTime(now)
                .addOffsetDateTime(now.plusSeconds(30))
                .addArrayOfString(ids)
                .addArrayOfLong(tokens)
                .addArrayOfString(outcomes)
                .addArrayOfString(texts)
                .addArrayOfString(texts)
                .addArrayOfString(texts)
                .addArrayOfString(texts)
                .addArrayOfOffsetDateTime(times)
                .addArrayOfOffsetDateTime(times)
                .addArrayOfString(texts)
                .addArrayOfString(new String[500]);
        return claimed(tx, plans)
                .chain(() -> plans.explain(tx, PgAttempts.complete(tally), completion))
                .chain(() -> plans.explain(tx, PgAttempts.takeOver(tally), Tuple.of(now, (short) 12, 500)))
                .chain(() -> plans.explain(tx, PgProbes.CLAIM, Tuple.of("plans", now, now.plusSeconds(30), "", "", "")))
                .chain(() -> plans.explain(tx, PgOutbox.RELEASE, Tuple.of(ids, tokens)));
    }

    static Uni<Void> claimed(Tx tx, Plans plans) {
        var now = Clock.systemUTC().instant().atOffset(ZoneOffset.UTC);
        return plans.explain(
                tx,
                PgOutbox.CLAIM,
                Tuple.tuple()
                        .addString("plans")
                        .addInteger(500)
                        .addOffsetDateTime(now)
                        .addOffsetDateTime(now.plusSeconds(30))
                        .addInteger(450)
                        .addInteger(350)
                        .addString("")
                        .addString("")
                        .addString("")
                        .addInteger(500)
                        .addInteger(450));
    }

    private static Uni<Void> inserted(Tx tx, Plans plans) {
        var enqueued = IntStream.range(0, 500)
                .mapToObj(n -> new NewDelivery(
                        TestDeliveries.of("plans", "plans"),
                        "ORDER_SHIPPED",
                        "customer-" + (n + 1),
                        null,
                        null,
                        new DecisionBasis(2, null)))
                .toList();
        var now = Clock.systemUTC().instant();
        return plans.explain(
                tx,
                PgOutbox.INSERT,
                PgOutbox.batch(
                                enqueued,
                                enqueued.stream()
                                        .map(one -> one.delivery().id())
                                        .collect(Collectors.toSet()),
                                now,
                                now.plusSeconds(30))
                        .values());
    }
}
