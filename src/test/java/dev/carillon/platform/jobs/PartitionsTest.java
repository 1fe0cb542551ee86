package dev.carillon.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.eventsourced.reaction.OwnDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(OwnDatabase.class)
class PartitionsTest {

    private static final OffsetDateTime LATER = OffsetDateTime.parse("2041-05-08T12:00:00Z");

    @Inject
    Pool pool;

    @Test
    void a_week_that_is_made_late_takes_what_the_default_partition_had_of_it() {
        // Given
        attempt("inside", LATER);
        attempt("after", LATER.plusWeeks(1));
        assertThat(partition("inside")).isEqualTo("attempt_default");

        // When
        pool.preparedQuery("select make_partitions($1, 1)").executeAndAwait(Tuple.of(LATER));

        // Then
        assertThat(partition("inside")).isEqualTo("attempt_2041w19");
        assertThat(partition("after")).isEqualTo("attempt_default");
        assertThat(indexes("attempt_2041w19")).isEqualTo(indexes("attempt_default"));
    }

    private void attempt(String delivery, OffsetDateTime at) {
        pool.preparedQuery(
                        "insert into attempt (delivery_id, number, ended_at, tenant, provider, outcome, started_at) values ($1, 1, $2, 't', 'mock', 'sent', $2)")
                .executeAndAwait(Tuple.of(delivery, at));
    }

    private String partition(String delivery) {
        return pool.preparedQuery("select tableoid::regclass::text as name from attempt where delivery_id = $1")
                .executeAndAwait(Tuple.of(delivery))
                .iterator()
                .next()
                .getString("name");
    }

    private int indexes(String table) {
        return pool.preparedQuery("select count(*)::int as n from pg_index where indrelid = $1::text::regclass")
                .executeAndAwait(Tuple.of(table))
                .iterator()
                .next()
                .getInteger("n");
    }
}
