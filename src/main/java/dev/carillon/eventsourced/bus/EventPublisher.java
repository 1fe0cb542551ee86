package dev.carillon.eventsourced.bus;

import dev.carillon.eventsourced.event.DomainEvent;
import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;

/**
 * Publishes a domain team's events: first the journal, then the bus. The team's change and its events are one
 * transaction, so neither exists without the other.
 */
@ApplicationScoped
public class EventPublisher {

    /** A team's change, and the events that follow from it. */
    public record TeamChange<T>(T result, List<? extends DomainEvent> events) {}

    private final Transactions transactions;
    private final EventJournal journal;
    private final Envelopes envelopes;
    private final Announcer announcer;

    EventPublisher(Transactions transactions, EventJournal journal, Envelopes envelopes, Announcer announcer) {
        this.transactions = transactions;
        this.journal = journal;
        this.envelopes = envelopes;
        this.announcer = announcer;
    }

    /** Runs the change, appends its facts in the same transaction, and publishes them after the commit. */
    public <T> Uni<T> publishing(String tenant, String team, Function<Tx, Uni<TeamChange<T>>> change) {
        return transactions
                .inTransaction(tx -> change.apply(tx)
                        .chain(done -> journal.append(tx, envelopes.of(tenant, team, done.events()))
                                .map(recorded -> new CommittedChange<>(done.result(), recorded))))
                .invoke(done -> announcer.announce(done.recorded(), team))
                .map(CommittedChange::result);
    }

    private record CommittedChange<T>(T result, List<RecordedEvent> recorded) {}
}
