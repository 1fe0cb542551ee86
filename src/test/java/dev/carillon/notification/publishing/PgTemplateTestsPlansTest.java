package dev.carillon.notification.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.sql.Transactions;
import dev.carillon.testing.Plans;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sending a test and reading the latest, where other tenants have sent 20,000; everything is rolled back. */
@QuarkusTest
class PgTemplateTestsPlansTest {

    private static final String TESTS = """
            insert into template_test (id, tenant, type, version, channel, locale, recipient, sent_at, sent_by)
            select 'plans-' || n, 'plans-' || n % 200, 'T', 'v1', 'email', 'en', 'a***', now() - n * interval '1 minute', 'me'
            from generate_series(1, 20000) n
            """;

    @Inject
    Transactions transactions;

    @Test
    void neither_reads_what_others_have_sent() {
        // When
        var now = OffsetDateTime.now();
        var plans = Plans.of(
                transactions,
                "costs off",
                (explained, tx) -> Plans.run(tx, TESTS, "analyze template_test")
                        .chain(() -> explained.explain(tx, PgTemplateTests.LATEST, Tuple.of("plans-1", "T", 100)))
                        .chain(() -> explained.explain(
                                tx,
                                PgTemplateTests.BEGIN,
                                Tuple.wrap(new ArrayList<>(List.of(
                                        "id",
                                        "plans-1",
                                        "T",
                                        "v1",
                                        "email",
                                        "en",
                                        "a***",
                                        now,
                                        "me",
                                        now.minusDays(30),
                                        now.minusHours(1),
                                        30))))));

        // Then
        assertThat(plans)
                .hasSize(2)
                .allSatisfy(plan -> assertThat(plan).doesNotContain("Seq Scan").contains("template_test_"));
    }
}
