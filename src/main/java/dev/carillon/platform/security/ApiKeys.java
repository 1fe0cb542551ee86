package dev.carillon.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.carillon.platform.batch.MicroBatcher;
import dev.carillon.platform.batch.Pacing;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.value.Sha256;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Creates, finds and revokes API keys. A key is 256 random bits, shown once and stored as its SHA-256. Keys {@linkplain
 * KeysInUse in use} cost no SQL. All others are looked up together, ten times a second at most. So many wrong keys
 * hardly load the database, and a right one among them waits a tenth of a second, once.
 */
@ApplicationScoped
public class ApiKeys {

    private static final MicroBatcher.Bounds LOOKUPS = new MicroBatcher.Bounds(1_000, 1, 5_000);
    private static final Duration BETWEEN_LOOKUPS = Duration.ofMillis(100);
    private static final Duration WRONG_REMEMBERED = Duration.ofSeconds(10);
    private static final int WRONG_AT_MOST = 10_000;

    /** A new key; {@code secret} is shown only this once. */
    public record NewApiKey(ApiKey key, String secret) {

        @Override
        public String toString() {
            return "Issued[" + key.id() + "]";
        }
    }

    private final PgApiKeys store;
    private final KeysInUse inUse;
    private final LastUse lastUse;
    private final Transactions transactions;
    private final Ids ids;
    private final MicroBatcher<String, Optional<ApiKey>> lookups;
    private final SecureRandom random = new SecureRandom();
    private final Cache<String, Boolean> wrong = Caffeine.newBuilder()
            .maximumSize(WRONG_AT_MOST)
            .expireAfterWrite(WRONG_REMEMBERED)
            .build();

    ApiKeys(PgApiKeys store, KeysInUse inUse, LastUse lastUse, Transactions transactions, Ids ids, Pacing pacing) {
        this.store = store;
        this.inUse = inUse;
        this.lastUse = lastUse;
        this.transactions = transactions;
        this.ids = ids;
        this.lookups = new MicroBatcher<>(LOOKUPS, pacing.pace(BETWEEN_LOOKUPS), failure -> false, this::lookUp);
    }

    public Uni<Optional<ApiKey>> find(String secret) {
        var hash = Sha256.hex(secret);
        var known = inUse.find(hash);
        known.ifPresent(key -> lastUse.noted(key.id()));
        if (known.isPresent() || secret.isEmpty() || wrong.getIfPresent(hash) != null) {
            return Uni.createFrom().item(known);
        }
        return backHere(lookups.submit(hash)).invoke(found -> found.ifPresent(key -> lastUse.noted(key.id())));
    }

    /** A batch ends wherever the first of it began: its answers go on where each was asked for. */
    private static <T> Uni<T> backHere(Uni<T> answer) {
        var context = Vertx.currentContext();
        return context == null ? answer : answer.emitOn(work -> context.runOnContext(turn -> work.run()));
    }

    private Uni<List<Optional<ApiKey>>> lookUp(List<String> hashes) {
        var before = inUse.revocations();
        return transactions
                .inTransaction(tx -> store.find(tx, hashes))
                .map(found -> hashes.stream()
                        .map(hash -> {
                            var key = Optional.ofNullable(found.get(hash));
                            key.ifPresentOrElse(one -> inUse.remember(hash, one, before), () -> wrong.put(hash, true));
                            return key;
                        })
                        .toList());
    }

    public Uni<NewApiKey> issue(String tenant, Set<String> roles, String label) {
        return keep(newSecret(), tenant, roles, label);
    }

    /**
     * Like {@link #issue(String, Set, String)}, with a given id. With the same id it replaces a key whose secret nobody
     * was shown.
     */
    public Uni<NewApiKey> issue(String id, String tenant, Set<String> roles, String label) {
        var key = new ApiKey(id, tenant, roles, label);
        var secret = newSecret();
        return transactions
                .inTransaction(tx -> store.replace(tx, key, Sha256.hex(secret), ids.now()))
                .replaceWith(new NewApiKey(key, secret));
    }

    /** Like {@link #issue(String, String, Set, String)}, for a tenant that may not exist yet. */
    public Uni<NewApiKey> issueForTenant(String id, String tenant, Set<String> roles, String label) {
        return transactions
                .inTransaction(tx -> store.insertTenant(tx, tenant, ids.now()))
                .chain(() -> issue(id, tenant, roles, label));
    }

    /** Stores a key whose secret was made elsewhere. */
    public Uni<NewApiKey> keep(String secret, String tenant, Set<String> roles, String label) {
        var key = new ApiKey(ids.next(), tenant, roles, label);
        var hash = Sha256.hex(secret);
        return transactions
                .inTransaction(tx -> store.insert(tx, key, hash, ids.now()))
                .invoke(() -> wrong.invalidate(hash))
                .replaceWith(new NewApiKey(key, secret));
    }

    public Uni<List<KeyInForce>> all(String tenant) {
        return transactions
                .inTransaction(tx -> store.all(tx, tenant))
                .map(keys -> keys.stream()
                        .map(one -> new KeyInForce(
                                one.key(), one.createdAt(), lastUse.of(one.key().id(), one.lastUsedAt())))
                        .toList());
    }

    /** Whoever comes in with a session uses the key that it was begun with. */
    void used(ApiKey key) {
        lastUse.noted(key.id());
    }

    /** @return whether there was such a key in force */
    public Uni<Boolean> revoke(String tenant, String id) {
        return transactions
                .inTransaction(tx -> store.revoke(tx, tenant, id, ids.now()))
                .invoke(revoked -> {
                    if (revoked) {
                        inUse.revoked(id);
                    }
                });
    }

    private String newSecret() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return "ck_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
