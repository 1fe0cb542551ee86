package dev.carillon.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.scheduler.Scheduled.ApplicationNotRunning;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.ScheduledExecution;
import io.quarkus.scheduler.Scheduler;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobsTest {

    private static final Logger LOGGER = Logger.getLogger("");

    private final Map<String, Object> definition = new HashMap<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> logged = new ArrayList<>();
    private final Handler log = new Handler() {
        @Override
        public void publish(LogRecord said) {
            logged.add(said.getMessage() + Arrays.toString(said.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOGGER.addHandler(log);
    }

    @AfterEach
    void listenNoMore() {
        LOGGER.removeHandler(log);
    }

    @Test
    void a_job_runs_as_scheduled_never_twice_at_a_time_and_only_while_the_application_runs() {
        jobs().job("age").every("5s").after("2m").run(() -> Uni.createFrom().voidItem());

        assertThat(definition)
                .containsEntry("newJob", "age")
                .containsEntry("setInterval", "5s")
                .containsEntry("setDelayed", "2m")
                .containsEntry("setConcurrentExecution", ConcurrentExecution.SKIP)
                .containsEntry("setSkipPredicate", ApplicationNotRunning.class)
                .containsKey("schedule");
    }

    @Test
    void a_failure_is_counted_and_logged_once_a_minute_without_what_it_quotes_and_the_next_run_is_as_scheduled() {
        // Given
        var failing =
                scheduled("age", () -> Uni.createFrom().failure(new IllegalStateException("of jane@example.com")));
        var throwing = scheduled("size", () -> {
            throw new IllegalArgumentException("of jane@example.com");
        });

        // When
        failing.get().await().indefinitely();
        failing.get().await().indefinitely();
        throwing.get().await().indefinitely();

        // Then
        assertThat(meters.get("carillon.job.failures")
                        .tag("job", "age")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(meters.get("carillon.job.failures")
                        .tag("job", "size")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(logged)
                .hasSize(2)
                .allSatisfy(line ->
                        assertThat(line).startsWith("job failed; it runs again").doesNotContain("jane"));
    }

    @Test
    void work_that_blocks_runs_on_a_worker_thread() {
        // Given
        var thread = new AtomicReference<Thread>();
        jobs().job("files").every("1s").runBlocking(() -> thread.set(Thread.currentThread()));

        // When
        task().get().await().indefinitely();

        // Then
        assertThat(thread.get()).isNotNull().isNotSameAs(Thread.currentThread());
    }

    private Supplier<Uni<Void>> scheduled(String name, Supplier<Uni<Void>> work) {
        jobs().job(name).every("1s").run(work);
        return task();
    }

    @SuppressWarnings("unchecked")
    private Supplier<Uni<Void>> task() {
        var task = (Function<@Nullable ScheduledExecution, Uni<Void>>) definition.get("setAsyncTask");
        return () -> task.apply(null);
    }

    private Jobs jobs() {
        return new Jobs(noting(Scheduler.class), null, null, meters, Clock.systemUTC());
    }

    /** Notes what it is called with. */
    private <T> T noting(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            definition.put(method.getName(), given == null ? "" : given[0]);
            return method.getReturnType().isAssignableFrom(Scheduler.JobDefinition.class)
                    ? noting(Scheduler.JobDefinition.class)
                    : null;
        }));
    }
}
