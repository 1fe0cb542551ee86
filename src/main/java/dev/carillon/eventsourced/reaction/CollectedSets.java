package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.memory.CollectedSet;
import dev.carillon.eventsourced.memory.Memory.SetKey;
import dev.carillon.platform.lww.AsOf;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.Map;

/** Looks up what rules have collected: in memory, or in a backtest in the sets of the rules under test. */
interface CollectedSets {

    Uni<Map<AsOf<SetKey>, CollectedSet>> collected(Tx tx, Collection<AsOf<SetKey>> sets);
}
