package dev.carillon.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Keys are released beside 100,000 others; everything is rolled back. */
@QuarkusTest
class PgBusinessKeysPlansTest {

    private static final int RELEASED = 500;

    private static final String FILL = """
            insert into business_key (tenant, key, notification_id, created_at) select 'plans', 'key-' || n, 'n', now() from generate_series(1, 100000) n
            """;

    @Inject
    Transactions transactions;

    @Test
    void what_is_released_is_found_by_its_key_whether_statistics_are_old_or_fresh() {
        // When
        var plans = new ArrayList<String>();
        transactions
                .inTransaction(tx -> run(tx, FILL)
                        .chain(() -> explained(tx, plans, 1))
                        .chain(() -> run(tx, "analyze business_key"))
                        .chain(() -> explained(tx, plans, 50_000))
                        .chain(() -> Uni.createFrom().<Void>failure(new IllegalStateException("roll back"))))
                .onFailure(IllegalStateException.class)
                .recoverWithNull()
                .await()
                .atMost(Duration.ofSeconds(60));

        // Then
        assertThat(plans)
                .hasSize(2)
                .allSatisfy(plan -> assertThat(plan)
                        .doesNotContain("Seq Scan")
                        .containsPattern(
                                "using business_key_pkey on business_key [^\n]*rows=1(\\.00)? loops=" + RELEASED)
                        .containsPattern("Tid Scan on business_key [^\n]*rows=" + RELEASED));
    }

    private static Uni<Void> explained(Tx tx, List<String> plans, int from) {
        var tenants = Collections.nCopies(RELEASED, "plans").toArray(String[]::new);
        var keys =
                IntStream.range(from, from + RELEASED).mapToObj(n -> "key-" + n).toArray(String[]::new);
        return PgTx.connection(tx)
                .preparedQuery("explain (analyze, costs off) " + PgBusinessKeys.RELEASE)
                .execute(Tuple.of(tenants, keys))
                .invoke(rows -> {
                    var plan = new StringBuilder();
                    rows.forEach(row -> plan.append(row.getString(0)).append('\n'));
                    plans.add(plan.toString());
                })
                .replaceWithVoid();
    }

    private static Uni<Void> run(Tx tx, String statement) {
        return PgTx.connection(tx).query(statement).execute().replaceWithVoid();
    }
}
