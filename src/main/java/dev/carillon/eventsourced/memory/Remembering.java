package dev.carillon.eventsourced.memory;

import dev.carillon.eventsourced.memory.Memory.EntityKey;
import dev.carillon.eventsourced.memory.Memory.HolderKey;
import dev.carillon.eventsourced.memory.Memory.SetKey;
import dev.carillon.platform.lww.LatestFields;
import dev.carillon.platform.lww.Stamp;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What one event says that is to be remembered; memory keeps a version of it where it is news. */
public sealed interface Remembering {

    /** The position from which it holds. */
    long position();

    /** Something is said of a thing. */
    record OfEntity(EntityKey key, long position, UnaryOperator<LatestFields> said) implements Remembering {}

    /** A customer has something from now on, or no more. */
    record OfHolder(HolderKey held, String customerId, long position, boolean present, Stamp stamp)
            implements Remembering {}

    /** A rule collects an item; without one the event only opens the set. */
    record OfSet(
            SetKey set, @Nullable String item, @Nullable Object value, long position, Instant recordedAt, Stamp stamp)
            implements Remembering {}
}
