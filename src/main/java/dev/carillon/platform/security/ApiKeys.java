package dev.carillon.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes, finds and revokes API keys. A key is 256 random bits, shown once, kept as its SHA-256. A key that was found is
 * remembered for {@link #REMEMBERED}, and looked at every second: by then one that was revoked on another replica is forgotten.
 */
@ApplicationScoped
public class ApiKeys {

    static final Duration REMEMBERED = Duration.ofSeconds(10);

    /** A new key: {@code secret} is never shown again. */
    public record Issued(ApiKey key, String secret) {

        @Override
        public String toString() {
            return "Issued[" + key.id() + "]";
        }
    }

    private final PgApiKeys store;
    private final Transactions transactions;
    private final Ids ids;
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong revocations = new AtomicLong();
    private final Cache<String, ApiKey> found = Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(REMEMBERED).build();

    ApiKeys(PgApiKeys store, Transactions transactions, Ids ids) {
        this.store = store;
        this.transactions = transactions;
        this.ids = ids;
    }

    public Uni<Optional<ApiKey>> find(String secret) {
        var hash = hash(secret);
        var name = HexFormat.of().formatHex(hash);
        var known = found.getIfPresent(name);
        if (known != null) {
            return Uni.createFrom().item(Optional.of(known));
        }
        var before = revocations.get();
        return transactions.inTransaction(tx -> store.find(tx, hash)).invoke(key -> key.ifPresent(one -> remember(name, one, before)));
    }

    /** Not when a key was revoked while this one was looked up: it may have been this one. */
    private void remember(String name, ApiKey key, long before) {
        found.put(name, key);
        if (revocations.get() != before) {
            found.invalidate(name);
        }
    }

    public Uni<Issued> issue(String tenant, Set<String> roles, String label) {
        return keep(newSecret(), tenant, roles, label);
    }

    /** As {@link #issue}, for a tenant that need not exist yet. */
    Uni<Issued> issueForTenant(String tenant, Set<String> roles, String label) {
        return transactions.inTransaction(tx -> store.insertTenant(tx, tenant, ids.now())).chain(() -> issue(tenant, roles, label));
    }

    /** Keeps a key whose secret was made elsewhere. */
    public Uni<Issued> keep(String secret, String tenant, Set<String> roles, String label) {
        var key = new ApiKey(ids.next(), tenant, roles, label);
        return transactions.inTransaction(tx -> store.insert(tx, key, hash(secret), ids.now())).replaceWith(new Issued(key, secret));
    }

    public Uni<List<ApiKey>> all(String tenant) {
        return transactions.inTransaction(tx -> store.all(tx, tenant));
    }

    /** @return whether there was such a key in force */
    public Uni<Boolean> revoke(String tenant, String id) {
        return transactions.inTransaction(tx -> store.revoke(tx, tenant, id, ids.now())).invoke(this::forget);
    }

    /** Forgets what was revoked on another replica. With the database away keys are remembered no longer than they would be anyway. */
    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP, skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> look() {
        var remembered = Map.copyOf(found.asMap());
        return remembered.isEmpty() ? Uni.createFrom().voidItem()
                : transactions.inTransaction(tx -> store.inForce(tx, remembered.values().stream().map(ApiKey::id).toList()))
                        .invoke(inForce -> remembered.forEach((name, key) -> {
                            if (!inForce.contains(key.id())) {
                                found.invalidate(name);
                            }
                        }))
                        .onFailure().invoke(failure -> Log.warnf("revoked keys could not be looked up; the next look tries again: cause=%s", PgFailures.nameOf(failure)))
                        .onFailure().recoverWithNull()
                        .replaceWithVoid();
    }

    private void forget() {
        revocations.incrementAndGet();
        found.invalidateAll();
    }

    private String newSecret() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return "ck_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
