package dev.carillon.notification.recipient;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.carillon.platform.jobs.Jobs;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Loads recipients as they are now, from the cache if nothing has changed. Before each use of the cache it asks the
 * database whose contact, preferences or addresses have changed. So a change holds for every decision that begins after
 * its commit, on every replica.
 */
@ApplicationScoped
class PresentRecipients {

    private static final int HEARD_AT_ONCE = 1_000;
    private static final int PORTION = 5_000;
    private static final Duration SWEPT = Duration.ofMinutes(30);

    private final PgRecipients store;
    private final PgRecipientChanges changes;
    private final RecipientCache memory;
    private final boolean remembering;
    private final Transactions transactions;

    PresentRecipients(
            PgRecipients store, PgRecipientChanges changes, RecipientSettings settings, Transactions transactions) {
        this.store = store;
        this.changes = changes;
        this.memory = new RecipientCache(settings.remembered(), Ticker.systemTicker());
        this.remembering = settings.remembered() > 0;
        this.transactions = transactions;
    }

    /**
     * The requested recipients that are known. Not for transactions that have changed recipients themselves: changes
     * that are rolled back would be cached.
     */
    Uni<Map<RecipientKey, Recipient>> find(Tx tx, Collection<RecipientKey> keys) {
        return remembering ? heard(tx).chain(asOf -> find(tx, keys, asOf)) : store.find(tx, List.copyOf(keys));
    }

    private Uni<Map<RecipientKey, Recipient>> find(Tx tx, Collection<RecipientKey> keys, long asOf) {
        var known = new HashMap<>(memory.remembered(keys));
        known.replaceAll((key, recipient) -> recipient.unchangedUntil(asOf));
        var others = keys.stream().filter(key -> !known.containsKey(key)).toList();
        return others.isEmpty()
                ? Uni.createFrom().item(known)
                : store.find(tx, others).map(read -> {
                    memory.remember(read, asOf);
                    known.putAll(read);
                    return known;
                });
    }

    /** @return up to which change that is */
    private Uni<Long> heard(Tx tx) {
        return memory.seen() == RecipientCache.NOTHING
                ? forgotten(tx)
                : changes.since(tx, memory.seen(), HEARD_AT_ONCE)
                        .chain(since -> since.size() < HEARD_AT_ONCE
                                ? Uni.createFrom().item(memory.heard(since))
                                : forgotten(tx));
    }

    private Uni<Long> forgotten(Tx tx) {
        return changes.last(tx).map(memory::forget);
    }

    void schedule(@Observes Jobs jobs) {
        jobs.job("recipient-changes").every("10m").after("4m").runOncePer(SWEPT, this::sweep);
    }

    /** Deletes changes that every replica has seen. */
    private Uni<Void> sweep() {
        return transactions.inPortions(PORTION, tx -> changes.forget(tx, PORTION));
    }
}
