package dev.carillon.notification.erasure;

import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/** Erases a customer's data in one place. Each place has a bean that implements this; an erasure calls all of them. */
public interface Erasing {

    /**
     * Erases a portion; repeatable, for it is begun again when a process dies.
     *
     * @param after where the portion before ended; empty for the first
     */
    Uni<ErasedPortion> erase(Tx tx, Erasure erasure, String after);

    /**
     * The result of erasing one portion.
     *
     * @param next  {@code after} of the following one; null when this was the last
     * @param later whether something was left that cannot be touched now
     */
    record ErasedPortion(@Nullable String next, boolean later) {

        public static final ErasedPortion DONE = new ErasedPortion(null, false);
    }
}
