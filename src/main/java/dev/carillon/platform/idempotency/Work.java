package dev.carillon.platform.idempotency;

import java.util.HexFormat;
import java.util.function.IntFunction;

/** What a request's work is given: ids that are the same when the work is done again after a crash. */
public final class Work {

    private final IntFunction<String> ids;

    private Work(IntFunction<String> ids) {
        this.ids = ids;
    }

    /** For a request without a key: whatever is done again is done anew. */
    public static Work once(IntFunction<String> ids) {
        return new Work(ids);
    }

    /** {@code seed} belongs to the request's first try, so that the key is as good as new when that is forgotten. */
    static Work again(String seed) {
        return new Work(index -> HexFormat.of().formatHex(Fingerprint.sha256(seed + "\n" + index), 0, 16));
    }

    /** An id for the part of the request with this index. */
    public String id(int index) {
        return ids.apply(index);
    }
}
