package dev.carillon.comparison.sample;

import dev.carillon.eventsourced.bus.Announcer;
import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.platform.sql.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Sample events from systems outside the shop. */
@ApplicationScoped
public class ExternalSampleEvents {

    private static final String SOURCE = "/samples";

    private final SampleData data;
    private final EventJournal journal;
    private final Transactions transactions;
    private final Announcer announcer;

    ExternalSampleEvents(SampleData data, EventJournal journal, Transactions transactions, Announcer announcer) {
        this.data = data;
        this.journal = journal;
        this.transactions = transactions;
        this.announcer = announcer;
    }

    /** Publishes the events. Each is recorded once, however often it is published. */
    public Uni<Void> publish(String tenant) {
        var events = data.saidElsewhere().stream()
                .map(said -> new EventEnvelope(
                        tenant,
                        said.eventId(),
                        SOURCE,
                        said.eventType(),
                        said.userId(),
                        said.eventTimestamp(),
                        said.properties(),
                        said.userTraits(),
                        Map.of()))
                .toList();
        return transactions
                .inTransaction(tx -> journal.append(tx, events))
                .invoke(recorded -> announcer.announce(recorded, "Samples"))
                .replaceWithVoid();
    }
}
