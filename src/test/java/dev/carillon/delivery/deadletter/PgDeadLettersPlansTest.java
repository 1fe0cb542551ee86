package dev.carillon.delivery.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.sql.Transactions;
import dev.carillon.testing.Plans;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A tenant's 3,000 dead letters beside another's 147,000; everything is rolled back. */
@QuarkusTest
class PgDeadLettersPlansTest {

    private static final List<String> FILL = List.of("""
            insert into dead_letter (delivery_id, tenant, channel, type, provider, failure, detail, attempts, dead_at)
            select lpad(n::text, 26, '0'), case when n % 50 = 0 then 'plans' else 'others' end, 'email', 'TYPE_' || n % 10, 'sendgrid', 'PROVIDER_ERROR',
                   'HTTP ' || 500 + n % 90, 12, now()
            from generate_series(1, 150000) n
            """, """
            insert into dead_letter_action (delivery_id, tenant, action, failure, attempts, dead_at, acted_at, acted_by, redrive_id)
            select lpad(n::text, 26, '0'), 'plans', 'redriven', 'PROVIDER_ERROR', 12, now(), now(), 'test', 'redrive-' || n / 1000 from generate_series(1, 50000) n
            """, "analyze dead_letter", "analyze dead_letter_action");

    @Inject
    Transactions transactions;

    @Test
    void a_summary_reads_its_tenants_and_an_outcome_its_own() {
        // When
        var plans = Plans.of(
                transactions,
                "analyze, costs off, timing off, summary off",
                (explained, tx) -> Plans.run(tx, FILL)
                        .chain(() -> explained.explain(
                                tx,
                                PgDeadLetters.SUMMARY,
                                Tuple.tuple()
                                        .addString("plans")
                                        .addValue(null)
                                        .addValue(null)
                                        .addValue(null)
                                        .addValue(null)
                                        .addValue(null)
                                        .addValue(null)
                                        .addValue(null)
                                        .addValue(Clock.systemUTC().instant().atOffset(ZoneOffset.UTC))))
                        .chain(() -> explained.explain(
                                tx, PgDeadLetters.DELIVERIES_OF_REDRIVE, Tuple.of("plans", "redrive-7"))));

        // Then
        assertThat(plans)
                .element(0)
                .asString()
                .contains("Index Scan Backward using dead_letter_by_tenant")
                .doesNotContain("Rows Removed by Filter: 1", "Seq Scan");
        assertThat(plans)
                .element(1)
                .asString()
                .contains("dead_letter_action_of_redrive")
                .doesNotContain("Seq Scan");
    }
}
