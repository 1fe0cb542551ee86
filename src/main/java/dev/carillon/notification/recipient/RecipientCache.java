package dev.carillon.notification.recipient;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Caches recipients for five minutes at most. Callers read the list of changes first, so a cached recipient is what the
 * database holds, whichever replica changed it. The five minutes only bound the effect of a bug.
 */
class RecipientCache {

    static final Duration KEPT = Duration.ofMinutes(5);

    /** Before anything was read. */
    static final long NOTHING = -1;

    private final Cache<RecipientKey, Recipient> known;
    private long seen = NOTHING;

    RecipientCache(int size, Ticker ticker) {
        known = Caffeine.newBuilder()
                .maximumSize(size)
                .expireAfterWrite(KEPT)
                .ticker(ticker)
                .build();
    }

    /** @param customerId null when it may be anybody of the tenant */
    record RecipientChange(
            long position, String tenant, @Nullable String customerId) {

        boolean concerns(RecipientKey key) {
            return key.tenant().equals(tenant) && (customerId == null || customerId.equals(key.customerId()));
        }
    }

    /** The position up to which changes have been seen. */
    synchronized long seen() {
        return seen;
    }

    /** Drops the changed recipients; returns the position up to which changes have been seen. */
    synchronized long heard(List<RecipientChange> changes) {
        for (var change : changes) {
            if (change.customerId() == null) {
                known.asMap().keySet().removeIf(change::concerns);
            } else {
                known.invalidate(new RecipientKey(change.tenant(), change.customerId()));
            }
            seen = Math.max(seen, change.position());
        }
        return seen;
    }

    /** Drops everyone, because too many changed to look at each. */
    synchronized long forget(long position) {
        known.invalidateAll();
        seen = Math.max(seen, position);
        return seen;
    }

    /** The requested recipients that are cached. */
    Map<RecipientKey, Recipient> remembered(Collection<RecipientKey> keys) {
        return known.getAllPresent(keys);
    }

    /**
     * Caches recipients that were read, unless further changes have been seen since: one may be about them.
     *
     * @param asOf the result of {@link #heard} before they were read
     */
    synchronized void remember(Map<RecipientKey, Recipient> read, long asOf) {
        if (asOf == seen) {
            known.putAll(read);
        }
    }
}
