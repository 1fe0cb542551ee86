package dev.carillon.delivery.outbox;

import dev.carillon.platform.jobs.Jobs;
import dev.carillon.platform.jobs.QueueAge;
import dev.carillon.platform.sql.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
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

    void schedule(@Observes Jobs jobs) {
        jobs.job("outbox-age").every("5s").run(this::measure);
    }

    private Uni<Void> measure() {
        return transactions
                .inOneStatement(tx -> store.oldestDue(tx, clock.instant()))
                .invoke(age::is)
                .replaceWithVoid();
    }
}
