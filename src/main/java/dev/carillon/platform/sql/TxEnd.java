package dev.carillon.platform.sql;

import io.quarkus.logging.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Those who want to know how a transaction ends. */
final class TxEnd {

    private final List<Consumer<Boolean>> waiting = new ArrayList<>();
    private @Nullable Boolean committed;

    /** Who comes late learns it at once. */
    void tell(Consumer<Boolean> work) {
        Boolean known;
        synchronized (this) {
            known = committed;
            if (known == null) {
                waiting.add(work);
            }
        }
        if (known != null) {
            run(work, known);
        }
    }

    /** The first word counts. */
    void ended(boolean committed) {
        List<Consumer<Boolean>> told;
        synchronized (this) {
            if (this.committed != null) {
                return;
            }
            this.committed = committed;
            told = List.copyOf(waiting);
            waiting.clear();
        }
        told.forEach(work -> run(work, committed));
    }

    /** The transaction has ended like this, whatever they make of it; an error of one is not the trouble of the others. */
    private static void run(Consumer<Boolean> work, boolean committed) {
        try {
            work.accept(committed);
        } catch (Throwable e) {
            Log.errorf(
                    "what was to follow a transaction failed: committed=%s cause=%s", committed, PgFailures.nameOf(e));
        }
    }
}
