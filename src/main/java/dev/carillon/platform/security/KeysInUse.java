package dev.carillon.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.versions.ChangeListener;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The keys in use on this replica: of recent requests and of open streams. When any key was revoked, on whichever
 * replica, one statement checks them all, so it opens nothing, and keeps nothing open, within a second.
 */
@ApplicationScoped
public class KeysInUse implements ChangeListener {

    private static final int AT_MOST = 10_000;
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final long UNCHECKED = -1;
    /** How long keys work without a check while the database is away. */
    private static final Duration TRUSTED = Duration.ofSeconds(10);

    private final PgApiKeys store;
    private final Transactions transactions;
    private final Cache<String, ApiKey> byHash = Caffeine.newBuilder()
            .maximumSize(AT_MOST)
            .expireAfterWrite(REMEMBERED)
            .build();
    private final Map<String, Set<UniEmitter<? super Void>>> opened = new ConcurrentHashMap<>();
    private final AtomicLong revocations = new AtomicLong();
    private final AtomicLong checked = new AtomicLong(UNCHECKED); // the changes all keys in use were last checked for
    private volatile long heardAt = System.nanoTime();

    KeysInUse(PgApiKeys store, Transactions transactions) {
        this.store = store;
        this.transactions = transactions;
    }

    @Override
    public String topic() {
        return "api-keys";
    }

    /** The revocations are counted before the keys are listed: a key that is being looked up is listed, or not remembered. */
    @Override
    public Uni<Void> heard(long changes) {
        if (checked.getAndSet(changes) == changes) {
            heardAt = System.nanoTime();
            return Uni.createFrom().voidItem();
        }
        revocations.incrementAndGet();
        var ids = Stream.concat(byHash.asMap().values().stream().map(ApiKey::id), opened.keySet().stream())
                .distinct()
                .toList();
        return (ids.isEmpty()
                        ? Uni.createFrom().item(Set.<String>of())
                        : transactions.inTransaction(tx -> store.inForce(tx, ids)))
                .invoke(inForce -> {
                    heardAt = System.nanoTime();
                    ids.stream().filter(id -> !inForce.contains(id)).forEach(this::revoked);
                })
                .onFailure()
                .invoke(() -> checked.set(UNCHECKED))
                .replaceWithVoid();
    }

    /**
     * Completes when the key is revoked, on whichever replica; never for who came in without one.
     *
     * @param id of the key, as {@link Caller#id()} has it
     */
    public Uni<Void> revocation(String id) {
        return !Ids.isId(id)
                ? Uni.createFrom().nothing()
                : Uni.createFrom().emitter(emitter -> {
                    opened.computeIfAbsent(id, any -> ConcurrentHashMap.newKeySet())
                            .add(emitter);
                    checked.set(UNCHECKED); // it may have been revoked since its request began
                    emitter.onTermination(() -> closed(id, emitter));
                });
    }

    /** The key with this hash, as long as we may rely on what we know. */
    Optional<ApiKey> find(String hash) {
        return System.nanoTime() - heardAt > TRUSTED.toNanos()
                ? Optional.empty()
                : Optional.ofNullable(byHash.getIfPresent(hash));
    }

    /** How many revocations this replica knows of: to be asked before a key is looked up that is then {@linkplain #remember remembered}. */
    long revocations() {
        return revocations.get();
    }

    /** Does nothing if a key was revoked during the look-up: it may have been this one. */
    void remember(String hash, ApiKey key, long before) {
        byHash.put(hash, key);
        if (revocations.get() != before) {
            byHash.invalidate(hash);
        }
    }

    /** Drops a key, and ends its open streams. */
    void revoked(String id) {
        revocations.incrementAndGet();
        byHash.asMap().values().removeIf(key -> key.id().equals(id));
        opened.getOrDefault(id, Set.of()).forEach(stream -> stream.complete(null));
    }

    private void closed(String id, UniEmitter<? super Void> stream) {
        opened.computeIfPresent(id, (same, streams) -> {
            streams.remove(stream);
            return streams.isEmpty() ? null : streams;
        });
    }
}
