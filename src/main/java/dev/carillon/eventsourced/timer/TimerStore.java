package dev.carillon.eventsourced.timer;

import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Stores timers and digests: rows for the live reaction, a plain queue for a backtest. */
public interface TimerStore {

    /** The timers due by then, the longest due first, locked until the transaction ends. */
    Uni<List<Timer>> due(Tx tx, String address, Instant by, int limit);

    Uni<Void> arm(Tx tx, List<Timer> timers);

    /** Removes answered timers and the items they had absorbed. */
    Uni<Void> answered(Tx tx, List<Timer> timers);

    /** The digests that take items now. */
    Uni<Map<Digest.DigestKey, Digest>> open(Tx tx, Collection<Digest.DigestKey> keys);

    /** Keeps digests as they are now, and what joined them. */
    Uni<Void> keep(Tx tx, List<Digest> digests);

    /**
     * The items of digests, in order: as many digests as one read allows, and at least one. A digest missing in the
     * answer has not been read.
     */
    Uni<Map<String, List<DigestItem>>> items(Tx tx, List<String> digestIds);
}
