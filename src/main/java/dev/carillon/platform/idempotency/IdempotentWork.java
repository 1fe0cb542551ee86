package dev.carillon.platform.idempotency;

import dev.carillon.platform.id.Ids;
import dev.carillon.platform.value.Sha256;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.IntFunction;

/** What a request's work gets: ids that stay the same when the work is repeated after a crash. */
public final class IdempotentWork {

    private final IntFunction<String> ids;
    private final IntFunction<String> ulids;
    private final boolean again;

    private IdempotentWork(IntFunction<String> ids, IntFunction<String> ulids, boolean again) {
        this.ids = ids;
        this.ulids = ulids;
        this.again = again;
    }

    /** For a request without a key: whatever is done again is done anew. */
    public static IdempotentWork once(IntFunction<String> ids) {
        return new IdempotentWork(ids, ids, false);
    }

    /** {@code seed} belongs to the request's first attempt, so that an expired key counts as new. */
    static IdempotentWork again(String seed, Instant firstTried) {
        return new IdempotentWork(
                index -> Sha256.hex(seed + "\n" + index, 16),
                index -> Ids.of(firstTried, Arrays.copyOf(Sha256.of(seed + "\n" + index), 10)),
                true);
    }

    /** An id for the part of the request with this index. */
    public String id(int index) {
        return ids.apply(index);
    }

    /** The same as a ULID with the time of the first attempt. */
    public String ulid(int index) {
        return ulids.apply(index);
    }

    /** Whether it may have been done before, so that what has these ids may be there already. */
    public boolean mayBeAgain() {
        return again;
    }
}
