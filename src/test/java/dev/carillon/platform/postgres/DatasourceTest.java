package dev.carillon.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The application on the tests' server, which no annotation asked for. */
@QuarkusTest
class DatasourceTest {

    @Inject
    Pool pool;

    @Test
    void migrations_ran_and_unqualified_names_are_in_our_schema() {
        assertThat(ask("SELECT current_schema()")).isEqualTo("carillon");
        assertThat(ask("SELECT to_regclass('flyway_schema_history')::text")).isEqualTo("flyway_schema_history");
    }

    @Test
    void sessions_live_in_a_foreign_time_zone() {
        assertThat(ask("SHOW timezone")).isEqualTo("Asia/Kathmandu");
    }

    private String ask(String query) {
        return pool.query(query)
                .execute()
                .await()
                .atMost(Duration.ofSeconds(10))
                .iterator()
                .next()
                .getString(0);
    }
}
