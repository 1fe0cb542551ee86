package dev.carillon.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import dev.carillon.testing.Plans;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Keys are released beside 100,000 others; everything is rolled back. */
@QuarkusTest
class PgBusinessKeysPlansTest {

    private static final int MANY = 500;

    private static final String FILL = """
            insert into business_key (tenant, key, notification_id, created_at) select 'plans', 'key-' || n, 'n', now() from generate_series(1, 100000) n
            """;

    @Inject
    Transactions transactions;

    @Test
    void each_is_found_by_its_key_whether_statistics_are_old_or_fresh() {
        // When
        var plans = Plans.of(
                transactions,
                "analyze, costs off",
                (explained, tx) -> Plans.run(tx, FILL)
                        .chain(() -> explained(tx, explained, 1))
                        .chain(() -> Plans.run(tx, "analyze business_key"))
                        .chain(() -> explained(tx, explained, 50_000)));

        // Then
        assertThat(plans)
                .hasSize(6)
                .allSatisfy(plan -> assertThat(plan)
                        .doesNotContain("Seq Scan")
                        .containsPattern("using business_key_pkey on business_key [^\n]*rows=1(\\.00)? loops=" + MANY));
        assertThat(List.of(plans.get(0), plans.get(1), plans.get(3), plans.get(4)))
                .as("what is changed")
                .allSatisfy(plan -> assertThat(plan).containsPattern("Tid Scan on business_key [^\n]*rows=" + MANY));
    }

    private static Uni<Void> explained(Tx tx, Plans plans, int from) {
        var tenants = Collections.nCopies(MANY, "plans").toArray(String[]::new);
        var keys = IntStream.range(from, from + MANY).mapToObj(n -> "key-" + n).toArray(String[]::new);
        var names = Collections.nCopies(MANY, "other").toArray(String[]::new);
        var times = Collections.nCopies(MANY, OffsetDateTime.parse("2026-11-29T00:00:00Z"))
                .toArray(OffsetDateTime[]::new);
        return plans.explain(tx, PgBusinessKeys.RELEASE, Tuple.of(tenants, keys))
                .chain(() -> plans.explain(tx, PgBusinessKeys.RENAME, Tuple.of(tenants, keys, names, times)))
                .chain(() -> plans.explain(tx, PgBusinessKeys.HOLDERS, Tuple.of(tenants, keys)));
    }
}
