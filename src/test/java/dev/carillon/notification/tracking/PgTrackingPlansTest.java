package dev.carillon.notification.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.sql.Transactions;
import dev.carillon.testing.Plans;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A customer's notifications among 20,000 in nine weeks, of which every tenth goes out on two channels; everything is
 * rolled back.
 */
@QuarkusTest
class PgTrackingPlansTest {

    private static final List<String> FILL = List.of(
            "select make_partitions(now() - interval '8 weeks', 9)",
            """
            insert into notification (id, created_at, tenant, type, category, customer_id, door, context, skipped, gates, judged_at)
            select lpad(n::text, 26, '0'), now() - n % 9 * interval '7 days', 'plans', 'PLANS', 'plans', 'customer-' || n % 1000, 'api-driven', '{}', '[]', '[]', now()
            from generate_series(1, 20000) n
            """,
            """
            insert into delivery (id, created_at, tenant, notification_id, channel, recipient, subject, body)
            select id, created_at, tenant, id, 'email', 'someone@example.com', 'Subject', 'text' from notification where tenant = 'plans'
            union all
            select '1' || right(id, 25), created_at, tenant, id, 'sms', '+49', null, 'text' from notification where tenant = 'plans' and customer_id like '%0'
            """,
            "analyze notification",
            "analyze delivery");

    @Inject
    Transactions transactions;

    @Test
    void reads_what_it_shows_and_no_more() {
        // When
        var plans = Plans.of(
                transactions,
                "analyze, costs off, timing off, summary off",
                (explained, tx) -> Plans.run(tx, FILL)
                        .chain(() -> explained.explain(tx, PgTracking.NEWEST, Tuple.of("plans", "customer-70", 10))));

        // Then
        assertThat(plans)
                .singleElement()
                .asString()
                .contains("_notification_id_id_idx")
                .doesNotContainPattern("Seq Scan on [a-z_0-9]+[^\\n]*\\(actual")
                .doesNotContainPattern("actual rows=[0-9]{3,}");
    }
}
