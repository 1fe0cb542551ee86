package dev.carillon.notification.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.sql.Transactions;
import dev.carillon.testing.Plans;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The newest of 40,000 events of a subscriber in nine weeks; everything is rolled back. */
@QuarkusTest
class PgWebhookAttemptsPlansTest {

    private static final List<String> FILL = List.of(
            "select make_partitions(now() - interval '8 weeks', 9)", """
            insert into delivery (id, created_at, tenant, notification_id, channel, recipient, body)
            select lpad(n::text, 26, '0'), now() - (40000 - n) / 5000 * interval '7 days', 'plans', 'webhook', 'statuswebhook', 'https://example.com', '{}'
            from generate_series(1, 40000) n
            """, """
            insert into attempt (delivery_id, number, ended_at, tenant, provider, outcome, started_at)
            select id, 1, created_at, tenant, 'http', 'sent', created_at from delivery where tenant = 'plans'
            """, "analyze delivery", "analyze attempt");

    @Inject
    Transactions transactions;

    @Test
    void reads_what_it_shows_and_no_more() {
        // When
        var plans = Plans.of(
                transactions,
                "analyze, costs off, timing off, summary off",
                (explained, tx) -> Plans.run(tx, FILL)
                        .chain(() -> explained.explain(
                                tx, PgWebhookAttempts.NEWEST, Tuple.of("plans", "webhook", "7ZZ", 50))));

        // Then
        assertThat(plans)
                .singleElement()
                .asString()
                .contains("_notification_id_id_idx")
                .doesNotContainPattern("Seq Scan on [a-z_0-9]+[^\\n]*\\(actual")
                .doesNotContainPattern("actual rows=[0-9]{3,}");
    }
}
