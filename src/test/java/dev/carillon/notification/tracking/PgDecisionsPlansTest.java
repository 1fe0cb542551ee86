package dev.carillon.notification.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import dev.carillon.testing.Plans;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The statements that read decisions, where one event led to 20,000 notifications and to 20,000 decisions against one, and the weeks
 * before are as full; everything is rolled back.
 */
@QuarkusTest
class PgDecisionsPlansTest {

    private static final List<String> FILL = List.of("""
            insert into notification (id, created_at, tenant, type, category, customer_id, door, context, event_id, event_position, rule_id, skipped, gates, judged_at)
            select lpad(n::text, 26, '0'), now() - n % 2 * interval '7 days', 'plans', 'PLANS', 'plans', 'customer-' || n, 'event-sourced', '{}',
                   'event-' || n % 2, n % 2, 'rule-' || n % 3, '[]', '[]', now()
            from generate_series(1, 40000) n
            """, """
            insert into standalone_decision (id, decided_at, tenant, door, event_id, event_position, rule_id, customer_id, verdict, reason, gates, judged_at)
            select lpad((100000 + n)::text, 26, '0'), now() - n % 2 * interval '7 days', 'plans', 'event-sourced',
                   'event-' || n % 2, n % 2, 'rule-' || n % 3, 'customer-' || n, 'ignore', 'NOT_ELIGIBLE', '[]', now()
            from generate_series(1, 40000) n
            """, "analyze notification", "analyze standalone_decision");

    @Inject
    Transactions transactions;

    @Test
    void read_what_they_answer_and_no_more() {
        // When
        var plans = Plans.of(
                transactions,
                "analyze, costs off, timing off, summary off",
                (explained, tx) -> Plans.run(tx, FILL).chain(() -> explained(tx, explained)));

        // Then
        assertThat(plans).hasSize(3);
        assertThat(plans)
                .allSatisfy(plan -> assertThat(plan)
                        .doesNotContainPattern("Seq Scan on [a-z_0-9]+[^\\n]*\\(actual")
                        .doesNotContainPattern("rows=[0-9]{4,}"));
        assertThat(plans).element(0).asString().contains("Merge Append");
    }

    private static Uni<Void> explained(Tx tx, Plans plans) {
        return plans.explain(
                        tx,
                        PgDecisions.OF_EVENT,
                        Tuple.tuple()
                                .addString("plans")
                                .addString("event-1")
                                .addString("")
                                .addInteger(100)
                                .addLong(1L))
                .chain(() -> plans.explain(
                        tx,
                        PgDecisions.RULES,
                        Tuple.tuple().addString("plans").addString("event-1").addLong(1L)))
                .chain(() -> plans.explain(
                        tx,
                        PgDecisions.OF_CUSTOMER,
                        Tuple.tuple()
                                .addString("plans")
                                .addString("event-1")
                                .addString("customer-7")
                                .addArrayOfString(new String[] {"rule-0", "rule-1", "rule-2"})
                                .addLong(1L)));
    }
}
