package dev.carillon.eventsourced.journal;

import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * State folded from events in the transaction that appends them, in journal order. Whoever reads an event later finds
 * everything recorded before it already folded.
 */
public interface Projection {

    Uni<Void> fold(Tx tx, List<RecordedEvent> events);

    /** Whether what it folds into is memory, which a replay builds anew. */
    default boolean isMemory() {
        return false;
    }
}
