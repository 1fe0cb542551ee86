package dev.carillon.delivery.outbox;

import dev.carillon.platform.jobs.QueueAge;
import dev.carillon.platform.sql.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Measures the age of deliveries that are due and not sent. */
@ApplicationScoped
class OutboxMetrics {

    private final PgOutbox store;
    private final Transactions transactions;
    private final Clock clock;
    private final QueueAge age;

    OutboxMetrics(PgOutbox store, Transactions transactions, Clock clock, MeterRegistry meters) {
        this.store = store;
        this.transactions = transactions;
        this.clock = clock;
        this.age = new QueueAge(meters, "outbox");
    }

    @Scheduled(
            every = "5s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> look() {
        return transactions
                .inTransaction(tx -> store.oldestDue(tx, clock.instant()))
                .invoke(age::is)
                .replaceWithVoid();
    }
}
