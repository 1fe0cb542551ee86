package dev.carillon.platform.jobs;

import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.telemetry.OncePerMinute;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled.ApplicationNotRunning;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduler;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The periodic jobs. A bean with a job observes this and schedules it there:
 *
 * <pre>{@code
 * void schedule(@Observes Jobs jobs) {
 *     jobs.job("outbox-age").every("5s").run(this::measure);
 * }
 * }</pre>
 *
 * A job runs while the application runs, never twice at a time. If it fails, that is counted and logged, once a minute
 * at most, and it runs again as scheduled.
 */
@ApplicationScoped
public class Jobs {

    private static final Duration LEASE = Duration.ofMinutes(10);

    private final Scheduler scheduler;
    private final PgJobs store;
    private final Transactions transactions;
    private final MeterRegistry meters;
    private final Clock clock;

    Jobs(Scheduler scheduler, PgJobs store, Transactions transactions, MeterRegistry meters, Clock clock) {
        this.scheduler = scheduler;
        this.store = store;
        this.transactions = transactions;
        this.meters = meters;
        this.clock = clock;
    }

    void start(@Observes StartupEvent started, Event<Jobs> schedule) {
        schedule.fire(this);
    }

    /** @param name in the log and in the metric, such as {@code outbox-age} */
    public Job job(String name) {
        return new Job(name);
    }

    /** A job that is being scheduled. Intervals are written {@code 5s}, or as {@code ${key:5s}}. */
    public final class Job {

        private final String name;
        private final Scheduler.JobDefinition<?> definition;
        private final Counter failures;
        private final OncePerMinute logLimit = new OncePerMinute(clock);

        private Job(String name) {
            this.name = name;
            this.definition = scheduler
                    .newJob(name)
                    .setConcurrentExecution(ConcurrentExecution.SKIP)
                    .setSkipPredicate(ApplicationNotRunning.class);
            this.failures = Counter.builder("carillon.job.failures")
                    .description("Runs of periodic jobs that failed")
                    .tag("job", name)
                    .register(meters);
        }

        public Job every(String interval) {
            definition.setInterval(interval);
            return this;
        }

        /** The time from the start to the first run. */
        public Job after(String delay) {
            definition.setDelayed(delay);
            return this;
        }

        /** On every replica. */
        public void run(Supplier<Uni<Void>> work) {
            definition.setAsyncTask(run -> guarded(work)).schedule();
        }

        /** On every replica, on a worker thread: for work that blocks. */
        public void runBlocking(Runnable work) {
            run(() -> Uni.createFrom()
                    .voidItem()
                    .emitOn(Infrastructure.getDefaultWorkerPool())
                    .invoke(work));
        }

        /**
         * On one replica for all, once in the period. Every replica asks; the job's row says who may. If a replica dies
         * during the job, another takes over when the lease ends. Runs missed during an outage are made up for by one.
         *
         * @param work repeatable: it is done again when it fails or its replica dies
         */
        public void runOncePer(Duration period, Supplier<Uni<Void>> work) {
            run(() -> once(name, period, work));
        }

        private Uni<Void> guarded(Supplier<Uni<Void>> work) {
            return Uni.createFrom()
                    .deferred(work::get)
                    .onFailure()
                    .invoke(this::failed)
                    .onFailure()
                    .recoverWithNull();
        }

        private void failed(Throwable failure) {
            failures.increment();
            if (logLimit.isDue()) {
                Log.errorf("job failed; it runs again as scheduled: job=%s cause=%s", name, PgFailures.nameOf(failure));
            }
        }
    }

    /** Does the work unless it was done within the period, or is being done. */
    Uni<Void> once(String name, Duration period, Supplier<Uni<Void>> work) {
        var now = clock.instant();
        return transactions
                .inTransaction(tx -> store.claim(tx, name, now, now.minus(period), now.plus(LEASE)))
                .chain(ours -> ours ? done(name, work) : Uni.createFrom().voidItem());
    }

    private Uni<Void> done(String name, Supplier<Uni<Void>> work) {
        return Uni.createFrom()
                .deferred(work::get)
                .chain(() -> transactions.inTransaction(tx -> store.ended(tx, name, clock.instant())));
    }
}
