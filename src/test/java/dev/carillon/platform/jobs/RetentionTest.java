package dev.carillon.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.eventsourced.reaction.OwnDatabase;
import dev.carillon.testing.SettableClock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(OwnDatabase.class)
class RetentionTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Inject
    Retention retention;

    @Inject
    Jobs jobs;

    @Inject
    SettableClock clock;

    @Inject
    Pool pool;

    private Instant now;

    @BeforeEach
    void theWeeksOfHalfAYear() {
        now = clock.instant();
        pool.preparedQuery("select make_partitions($1, 20)")
                .executeAndAwait(Tuple.of(now.minus(Duration.ofDays(180)).atOffset(ZoneOffset.UTC)));
    }

    @AfterEach
    void nothingIsLeft() {
        pool.query("delete from outbox where tenant = 'retention'").executeAndAwait();
    }

    @Test
    void drops_whole_weeks_that_are_older_than_they_are_to_be_kept() {
        // When
        forget();

        // Then
        assertThat(oldestWeek("notification"))
                .isBetween(now.minus(Duration.ofDays(98)), now.minus(Duration.ofDays(90)));
        assertThat(oldestWeek("attempt")).isEqualTo(oldestWeek("notification"));
        assertThat(oldestWeek("standalone_decision")).isEqualTo(oldestWeek("notification"));
    }

    @Test
    void keeps_the_weeks_of_what_is_still_to_be_sent() {
        // Given
        var scheduled = now.minus(Duration.ofDays(150));
        pool.preparedQuery("""
                insert into outbox (delivery_id, created_at, tenant, channel, priority, state, due_at) values ('held', $1, 'retention', 'email', 1, 2, $2)
                """)
                .executeAndAwait(Tuple.of(
                        scheduled.atOffset(ZoneOffset.UTC),
                        now.plus(Duration.ofDays(30)).atOffset(ZoneOffset.UTC)));

        // When
        forget();

        // Then
        assertThat(oldestWeek("delivery")).isBeforeOrEqualTo(scheduled);
        assertThat(oldestWeek("notification")).isBeforeOrEqualTo(scheduled);
    }

    @Test
    void forgets_old_facts_in_portions_and_keeps_the_others() {
        // Given
        pool.preparedQuery("""
                insert into business_key (tenant, key, notification_id, created_at)
                select 'retention', 'old/' || n, 'n', $1 from generate_series(1, 12000) n union all select 'retention', 'new', 'n', $2
                """)
                .executeAndAwait(Tuple.of(
                        now.minus(Duration.ofDays(401)).atOffset(ZoneOffset.UTC),
                        now.minus(Duration.ofDays(399)).atOffset(ZoneOffset.UTC)));

        // When
        forget();

        // Then
        var left = new ArrayList<String>();
        pool.query("select key from business_key where tenant = 'retention'")
                .executeAndAwait()
                .forEach(row -> left.add(row.getString("key")));
        assertThat(left).containsExactly("new");
    }

    @Test
    void a_job_is_done_once_however_many_ask_and_again_when_its_time_has_come() {
        // Given
        var job = "job-" + now;
        var done = new AtomicInteger();
        try (var bent = clock.stopAt(now.plus(Duration.ofMinutes(1)))) {
            // When
            var asked = IntStream.range(0, 8)
                    .mapToObj(n -> jobs.once(job, Duration.ofHours(1), () -> counted(done))
                            .subscribeAsCompletionStage())
                    .toList();
            CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).join();
            assertThat(done).hasValue(1);
            clock.advance(Duration.ofMinutes(59));
            once(job, done);
            assertThat(done).hasValue(1);
            clock.advance(Duration.ofMinutes(1));
            once(job, done);

            // Then
            assertThat(done).hasValue(2);
        }
    }

    @Test
    void a_job_that_failed_is_done_again_when_its_lease_is_over() {
        // Given
        var job = "failing-" + now;
        var done = new AtomicInteger();
        try (var bent = clock.stopAt(now.plus(Duration.ofMinutes(1)))) {
            jobs.once(job, Duration.ofHours(1), () -> Uni.createFrom().failure(new IllegalStateException("broken")))
                    .onFailure()
                    .recoverWithNull()
                    .await()
                    .atMost(DEADLINE);

            // When
            once(job, done);
            assertThat(done).hasValue(0);
            clock.advance(Duration.ofMinutes(10));
            once(job, done);

            // Then
            assertThat(done).hasValue(1);
        }
    }

    private void once(String job, AtomicInteger done) {
        jobs.once(job, Duration.ofHours(1), () -> counted(done)).await().atMost(DEADLINE);
    }

    private static Uni<Void> counted(AtomicInteger done) {
        return Uni.createFrom().item(done::incrementAndGet).replaceWithVoid();
    }

    private void forget() {
        retention.forget().await().atMost(DEADLINE);
    }

    private Instant oldestWeek(String table) {
        return pool.preparedQuery("""
                select min((regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \\(''([^'']+)''\\)'))[1]::timestamptz) as week
                from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = $1::text::regclass
                """)
                .executeAndAwait(Tuple.of(table))
                .iterator()
                .next()
                .getOffsetDateTime("week")
                .toInstant();
    }
}
