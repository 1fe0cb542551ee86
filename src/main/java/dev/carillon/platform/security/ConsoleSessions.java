package dev.carillon.platform.security;

import dev.carillon.platform.id.Ids;
import dev.carillon.platform.jobs.Jobs;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.sql.Transactions;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of the console: begun with an API key, ended by signing out, by idleness, after their longest time, and with
 * the key. They are in the database, so that every replica knows them and a restart ends none. The cookie holds the
 * secret, encrypted: one that is forged costs no SQL.
 */
@ApplicationScoped
public class ConsoleSessions {

    /** The prefix binds it to this host and to HTTPS, and browsers hold pages of other hosts back from setting it. */
    public static final String COOKIE = "__Host-carillon";

    public static final String CSRF_HEADER = "X-CSRF-Token";

    /** Sent with what a page asks by itself, again and again: that is no use of the session. */
    static final String BACKGROUND_HEADER = "X-Carillon-Background";

    private static final String PLACE = "session";
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Duration BETWEEN_NOTES = Duration.ofMinutes(1);
    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(5);
    private static final int PORTION = 1_000;

    /** A new session: {@code cookie} is what the browser keeps, {@code csrfToken} what the page sends with writes. */
    public record Started(Session session, String cookie, String csrfToken) {

        @Override
        public String toString() {
            return "Started[" + session + "]";
        }
    }

    private final PgSessions store;
    private final ApiKeys keys;
    private final KeysInUse keysInUse;
    private final FailedAttempts failures;
    private final Encryption encryption;
    private final SessionSettings settings;
    private final Transactions transactions;
    private final Ids ids;
    private final Map<String, Set<UniEmitter<? super Void>>> watched = new ConcurrentHashMap<>();

    ConsoleSessions(
            PgSessions store,
            ApiKeys keys,
            KeysInUse keysInUse,
            FailedAttempts failures,
            Encryption encryption,
            SessionSettings settings,
            Transactions transactions,
            Ids ids) {
        this.store = store;
        this.keys = keys;
        this.keysInUse = keysInUse;
        this.failures = failures;
        this.encryption = encryption;
        this.settings = settings;
        this.transactions = transactions;
        this.ids = ids;
    }

    void schedule(@Observes Jobs jobs) {
        jobs.job("session-streams").every("2s").run(this::endWatched);
        jobs.job("sessions").every("5m").after("1m").runOncePer(BETWEEN_SWEEPS, this::forget);
    }

    /** Begins one with a key. A wrong key is refused and counted like everywhere; the session the browser had before ends. */
    public Uni<Started> start(String key, HttpServerRequest request) {
        if (!SameOrigin.is(request)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "A session is begun by a page of this host");
        }
        return keys.find(key)
                .map(found -> found.orElseThrow(() -> failures.refusal(
                        request.remoteAddress(),
                        new ProblemException(ProblemType.UNAUTHENTICATED, "No such key is in force"))))
                .chain(found -> start(found, secret(request)));
    }

    private Uni<Started> start(ApiKey key, @Nullable SessionSecret before) {
        var secret = SessionSecret.random();
        var now = ids.now();
        var expiresAt = now.plus(settings.longest());
        var idleUntil = now.plus(settings.idle());
        var session = new Session(secret.hash(), key, expiresAt, idleUntil.isBefore(expiresAt) ? idleUntil : expiresAt);
        return (before == null ? Uni.createFrom().voidItem() : end(before.hash()))
                .chain(() -> transactions.inTransaction(tx -> store.insert(tx, session, now)))
                .replaceWith(new Started(session, encryption.encrypt(secret.text(), PLACE), secret.csrfToken()));
    }

    /**
     * The session a request belongs to. Pages of other origins have none, whatever cookie their browser sends; and
     * writes need the token that only our pages know.
     */
    Uni<Optional<Session>> of(HttpServerRequest request) {
        var secret = secret(request);
        if (secret == null) {
            return Uni.createFrom().item(Optional.empty());
        }
        var ours = SameOrigin.is(request);
        if (!READS.contains(request.method())) {
            if (!ours) {
                throw new ProblemException(ProblemType.FORBIDDEN, "Another origin's page may not write with a session");
            }
            if (!secret.isConfirmedBy(request.getHeader(CSRF_HEADER))) {
                throw new ProblemException(
                        ProblemType.FORBIDDEN, "A session writes with its csrfToken in the header " + CSRF_HEADER);
            }
        }
        return ours
                ? find(secret.hash(), request.getHeader(BACKGROUND_HEADER) == null)
                : Uni.createFrom().item(Optional.empty());
    }

    private Uni<Optional<Session>> find(String hash, boolean isUse) {
        var now = ids.now();
        var idleUntil = now.plus(settings.idle());
        var soon = isUse ? idleUntil.minus(BETWEEN_NOTES) : now;
        return transactions
                .inTransaction(tx -> store.find(tx, hash, now, idleUntil, soon))
                .invoke(found -> found.ifPresent(session -> keys.used(session.key())));
    }

    /** What writes of this request's page are confirmed with; null without a session. */
    public @Nullable String csrfToken(HttpServerRequest request) {
        var secret = secret(request);
        return secret == null ? null : secret.csrfToken();
    }

    private @Nullable SessionSecret secret(HttpServerRequest request) {
        var cookie = request.getCookie(COOKIE);
        return cookie == null ? null : secretIn(cookie.getValue());
    }

    /** Null for what we have not encrypted. */
    @Nullable
    SessionSecret secretIn(String cookie) {
        if (!encryption.isCurrent(cookie)) {
            return null;
        }
        try {
            return new SessionSecret(encryption.decrypt(cookie, PLACE));
        } catch (IllegalStateException forged) {
            return null;
        }
    }

    /** Signs out. */
    public Uni<Void> end(Session session) {
        return end(session.hash());
    }

    private Uni<Void> end(String hash) {
        return transactions.inTransaction(tx -> store.end(tx, hash)).invoke(() -> complete(hash));
    }

    /**
     * Completes when what the caller came in with does not count any more: its key was revoked, or its session has
     * ended, on whichever replica. For streams, which outlive the check of their request.
     */
    public Uni<Void> end(Caller caller) {
        var session = caller.session();
        var key = keysInUse.revocation(caller.id());
        return session == null
                ? key
                : Uni.join().first(key, ended(session.hash())).withItem();
    }

    Uni<Void> ended(String hash) {
        return Uni.createFrom().emitter(emitter -> {
            watched.computeIfAbsent(hash, any -> ConcurrentHashMap.newKeySet()).add(emitter);
            emitter.onTermination(() -> watched.computeIfPresent(hash, (same, streams) -> {
                streams.remove(emitter);
                return streams.isEmpty() ? null : streams;
            }));
        });
    }

    /** Of sessions with open streams, those that have ended. */
    Uni<Void> endWatched() {
        var hashes = Set.copyOf(watched.keySet());
        return hashes.isEmpty()
                ? Uni.createFrom().voidItem()
                : transactions
                        .inTransaction(tx -> store.inForce(tx, hashes, ids.now()))
                        .invoke(inForce -> hashes.stream()
                                .filter(hash -> !inForce.contains(hash))
                                .forEach(this::complete))
                        .replaceWithVoid();
    }

    private void complete(String hash) {
        watched.getOrDefault(hash, Set.of()).forEach(stream -> stream.complete(null));
    }

    Uni<Void> forget() {
        return transactions.inPortions(PORTION, tx -> store.forget(tx, ids.now(), PORTION));
    }
}
