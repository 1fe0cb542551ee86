package dev.carillon.eventsourced.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.eventsourced.backtest.BacktestRequest.BacktestRange;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import dev.carillon.testing.SettableClock;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A tenant has one backtest at a time, also when several are asked for at once. */
class BacktestsTest {

    private static final RuleBook NO_RULES = RuleBook.of(List.of());

    private static final Duration SHORT = Duration.ofSeconds(2);

    private final Held database = new Held();
    /** Nothing but the database is asked, and that does not answer. */
    private final Backtests backtests = new Backtests(database, null, null, null, new Ids(new SettableClock()));

    @Test
    void of_many_that_are_begun_at_once_one_is() throws Exception {
        // Given
        Uni.createFrom()
                .voidItem()
                .await()
                .indefinitely(); // what Mutiny sets up for itself at its first use, it sets up once
        var begun = new ArrayList<UniAssertSubscriber<Optional<BacktestRun>>>();
        IntStream.range(0, 64).forEach(n -> begun.add(new UniAssertSubscriber<>()));

        // When
        try (var threads = new Threads()) {
            threads.all(begun.stream()
                    .<Runnable>map(one -> () -> begin("shop").subscribe().withSubscriber(one))
                    .toList());
        }

        // Then
        assertThat(database.asked).hasSize(1);
        assertThat(begun)
                .filteredOn(one -> one.getItem() != null)
                .hasSize(63)
                .allSatisfy(one -> assertThat(one.getItem()).isEmpty());
    }

    @Test
    void another_tenant_does_not_wait() {
        // When
        begin("shop").subscribe().withSubscriber(new UniAssertSubscriber<>());
        begin("bank").subscribe().withSubscriber(new UniAssertSubscriber<>());

        // Then
        assertThat(database.asked).hasSize(2);
    }

    @Test
    void one_that_could_not_begin_or_is_not_wanted_any_more_makes_way() {
        // Given
        var broken = begin("shop").subscribe().withSubscriber(new UniAssertSubscriber<>());
        database.asked.remove().fail(new IllegalStateException("no connection"));
        broken.assertFailed();
        var unwanted = begin("shop").subscribe().withSubscriber(new UniAssertSubscriber<>());

        // When
        unwanted.cancel();
        begin("shop").subscribe().withSubscriber(new UniAssertSubscriber<>());

        // Then
        assertThat(database.asked).hasSize(2);
    }

    @Test
    void a_short_one_waits_for_the_short_one_before_it_and_not_for_a_long_one() {
        // Given
        begin("shop").subscribe().withSubscriber(new UniAssertSubscriber<>());
        var first = begin("shop", SHORT).subscribe().withSubscriber(new UniAssertSubscriber<>());
        var second = begin("shop", SHORT).subscribe().withSubscriber(new UniAssertSubscriber<>());
        assertThat(database.asked).hasSize(2);

        // When
        first.cancel();

        // Then
        await().untilAsserted(() -> assertThat(database.asked).hasSize(3));
        second.assertNotTerminated();
    }

    @Test
    void one_that_waits_and_is_not_wanted_any_more_never_begins() {
        // Given
        var first = begin("shop", SHORT).subscribe().withSubscriber(new UniAssertSubscriber<>());
        var gone = begin("shop", SHORT).subscribe().withSubscriber(new UniAssertSubscriber<>());
        gone.cancel();

        // When
        first.cancel();
        begin("shop", SHORT).subscribe().withSubscriber(new UniAssertSubscriber<>());

        // Then
        assertThat(database.asked).hasSize(2);
    }

    private Uni<Optional<BacktestRun>> begin(String tenant) {
        return begin(tenant, null);
    }

    private Uni<Optional<BacktestRun>> begin(String tenant, @Nullable Duration within) {
        return backtests.begin(
                NO_RULES,
                new BacktestRange(
                        tenant, BacktestRange.RangePoint.NONE, BacktestRange.RangePoint.NONE, null, null, within),
                1);
    }

    /** A database that answers when the test says so. */
    private static final class Held implements Transactions {

        private final ConcurrentLinkedQueue<Waiting> asked = new ConcurrentLinkedQueue<>();

        @Override
        public <T> Uni<T> inTransaction(Function<Tx, Uni<T>> work) {
            return Uni.createFrom().emitter(emitter -> asked.add(emitter::fail));
        }
    }

    private interface Waiting {

        void fail(Throwable failure);
    }

    /** Runs tasks at the same moment. */
    private static final class Threads implements AutoCloseable {

        private final ExecutorService pool = Executors.newFixedThreadPool(16);

        void all(List<Runnable> tasks) throws Exception {
            for (var done :
                    pool.invokeAll(tasks.stream().map(Executors::callable).toList())) {
                done.get();
            }
        }

        @Override
        public void close() {
            pool.shutdown();
        }
    }
}
