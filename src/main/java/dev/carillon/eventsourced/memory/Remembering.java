package dev.carillon.eventsourced.memory;

import dev.carillon.eventsourced.memory.Memory.EntityKey;
import dev.carillon.eventsourced.memory.Memory.HolderKey;
import dev.carillon.eventsourced.memory.Memory.SetKey;
import dev.carillon.platform.lww.LatestFields;
import dev.carillon.platform.lww.Stamp;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One thing an event says that memory should keep. A version is written only if it is news. */
public sealed interface Remembering {

    /** The position from which it holds. */
    long position();

    /** A change of a thing. */
    record OfEntity(EntityKey key, long position, UnaryOperator<LatestFields> said) implements Remembering {}

    /** A customer gets something, or no longer has it. */
    record OfHolder(HolderKey held, String customerId, long position, boolean present, Stamp stamp)
            implements Remembering {}

    /** A rule collects an item; without an item the event only opens the set. */
    record OfSet(
            SetKey set, @Nullable String item, @Nullable Object value, long position, Instant recordedAt, Stamp stamp)
            implements Remembering {}
}
