package dev.carillon.eventsourced.journal;

import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Erases an event's data from the journal. The event itself and its position stay. */
@ApplicationScoped
public class ErasedEvents {

    private final PgErasedEvents store;

    ErasedEvents(PgErasedEvents store) {
        this.store = store;
    }

    /** The next of what is not erased yet, in order. */
    public Uni<List<RecordedEvent>> page(Tx tx, String tenant, String subject, long after, long upTo, int limit) {
        return store.page(tx, tenant, subject, after, upTo, limit);
    }

    /** Removes pending events of them and blanks their data. */
    public Uni<Void> erase(Tx tx, List<RecordedEvent> events) {
        return store.erase(tx, events);
    }
}
