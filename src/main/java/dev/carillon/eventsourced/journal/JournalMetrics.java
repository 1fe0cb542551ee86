package dev.carillon.eventsourced.journal;

import dev.carillon.platform.jobs.Jobs;
import dev.carillon.platform.jobs.QueueAge;
import dev.carillon.platform.sql.Transactions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;

/**
 * Counts appended events by address, and measures the age of the oldest event without an answer, and how long a walk has
 * waited for its next page.
 */
@ApplicationScoped
public class JournalMetrics {

    private final PgEventJournal store;
    private final PgWalks walks;
    private final Transactions transactions;
    private final Clock clock;
    private final MeterRegistry meters;
    private final QueueAge age;
    private final QueueAge walksAge;

    JournalMetrics(PgEventJournal store, PgWalks walks, Transactions transactions, Clock clock, MeterRegistry meters) {
        this.store = store;
        this.walks = walks;
        this.transactions = transactions;
        this.clock = clock;
        this.meters = meters;
        this.age = new QueueAge(meters, "events");
        this.walksAge = new QueueAge(meters, "audiences");
    }

    /** Call it after the commit. */
    public void appended(List<RecordedEvent> recorded) {
        recorded.forEach(one -> Counter.builder("carillon.events.appended")
                .description("Events appended to the journal")
                .tag("address", one.event().address())
                .register(meters)
                .increment());
    }

    void schedule(@Observes Jobs jobs) {
        jobs.job("journal-age").every("5s").run(this::measure);
    }

    private Uni<Void> measure() {
        return transactions
                .inTransaction(tx -> store.oldestPending(tx, clock.instant())
                        .invoke(age::is)
                        .chain(() -> walks.longestWithoutPage(tx, clock.instant()))
                        .invoke(walksAge::is))
                .replaceWithVoid();
    }
}
