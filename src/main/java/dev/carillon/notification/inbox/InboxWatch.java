package dev.carillon.notification.inbox;

import dev.carillon.notification.recipient.RecipientKey;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.versions.ChangeListener;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks with each poll of the change feed whether the inboxes streamed here have new messages: one query for all streams,
 * none without streams. Arrivals are not counted in the feed, because all of them would wait for that one row. A hit is
 * only a hint to look; the row is the truth.
 */
@ApplicationScoped
class InboxWatch implements ChangeListener {

    /** The result of waiting for news. */
    enum News {
        MORE,
        NOTHING,
        OVER
    }

    /**
     * Limits the open streams, because each keeps a connection. One tenant's streams take at most a quarter of all
     * connections, and all streams together at most half, whatever is configured.
     */
    record StreamPlaces(int perCustomer, int perTenant, int all) {

        static StreamPlaces of(InboxSettings settings, int connections) {
            return new StreamPlaces(
                    settings.perCustomer(),
                    Math.min(settings.perTenant(), Math.max(1, connections / 4)),
                    Math.min(settings.all(), Math.max(1, connections / 2)));
        }
    }

    private static final Duration COME_BACK = Duration.ofSeconds(5);

    private final PgInbox store;
    private final Transactions transactions;
    private final Map<RecipientKey, Set<Watcher>> places = new HashMap<>();
    private final Map<String, Integer> byTenant = new HashMap<>();
    private int taken;
    private boolean stopped;

    InboxWatch(PgInbox store, Transactions transactions) {
        this.store = store;
        this.transactions = transactions;
    }

    @Override
    public String topic() {
        return "inboxes";
    }

    @Override
    public Uni<Void> heard(long uncounted) {
        var keys = watched();
        return keys.isEmpty()
                ? Uni.createFrom().voidItem()
                : transactions
                        .inTransaction(tx -> store.last(tx, keys))
                        .invoke(last -> keys.forEach(key -> found(key, last.get(key))))
                        .replaceWithVoid();
    }

    /** Ends all waits at shutdown; clients reconnect to another replica. */
    void drain(@Observes ShutdownDelayInitiatedEvent stopping) {
        stop();
    }

    void end(@Observes @Priority(1) ShutdownEvent stopping) {
        stop();
    }

    /** @throws ProblemException if there is no place left; it says whether for the customer, the tenant or all */
    synchronized Watcher take(RecipientKey key, StreamPlaces limits) {
        requireRoom(key, limits);
        var place = new Watcher(key);
        places.computeIfAbsent(key, any -> new HashSet<>()).add(place);
        taken++;
        byTenant.merge(key.tenant(), 1, Integer::sum);
        return place;
    }

    private void requireRoom(RecipientKey key, StreamPlaces limits) {
        if (stopped) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE, "This process is stopping: connect again, and another one answers");
        }
        if (taken >= limits.all()) {
            throw full(
                    limits.all() + " streams are open here, the most for all tenants; another replica may accept one");
        }
        if (places.getOrDefault(key, Set.of()).size() >= limits.perCustomer()) {
            throw full("The customer has " + limits.perCustomer()
                    + " streams open here, as many as one may have; close one of them");
        }
        if (byTenant.getOrDefault(key.tenant(), 0) >= limits.perTenant()) {
            throw new ProblemException(Problem.tooMany(
                    "Your customers have " + limits.perTenant() + " streams open here, the most that are allowed",
                    COME_BACK));
        }
    }

    private static ProblemException full(String why) {
        return new ProblemException(Problem.of(ProblemType.OVERLOADED, why).retriedAfter(COME_BACK));
    }

    /** How many streams are open here. */
    synchronized int taken() {
        return taken;
    }

    private synchronized List<RecipientKey> watched() {
        return List.copyOf(places.keySet());
    }

    private void found(RecipientKey key, @Nullable Long last) {
        all(key).forEach(place -> place.is(last));
    }

    private synchronized List<Watcher> all(RecipientKey key) {
        return List.copyOf(places.getOrDefault(key, Set.of()));
    }

    private void stop() {
        synchronized (this) {
            stopped = true;
        }
        watched().forEach(key -> found(key, null));
    }

    private synchronized void left(Watcher place) {
        var own = places.get(place.key);
        if (own != null && own.remove(place)) {
            taken--;
            byTenant.computeIfPresent(place.key.tenant(), (tenant, open) -> open == 1 ? null : open - 1);
            if (own.isEmpty()) {
                places.remove(place.key);
            }
        }
    }

    /** A stream that waits for news of one inbox. */
    final class Watcher {

        private final RecipientKey key;
        private long last;
        private boolean over;
        private long beyond;
        private @Nullable UniEmitter<? super News> waiting;

        private Watcher(RecipientKey key) {
            this.key = key;
        }

        RecipientKey key() {
            return key;
        }

        /** The number of the last message that is known of. */
        synchronized long last() {
            return last;
        }

        /** Waits for a message with a higher number, for a limited time. */
        Uni<News> beyond(long position, Duration within) {
            return Uni.createFrom()
                    .<News>emitter(emitter -> await(position, emitter))
                    .ifNoItem()
                    .after(within)
                    .recoverWithItem(News.NOTHING);
        }

        /** Ends this wait. */
        void end() {
            is(null);
        }

        void leave() {
            left(this);
        }

        private void await(long position, UniEmitter<? super News> emitter) {
            synchronized (this) {
                beyond = position;
                waiting = emitter;
            }
            answer();
        }

        /** @param last null if the customer is no longer known, or the watch has ended */
        private void is(@Nullable Long last) {
            synchronized (this) {
                over = over || last == null;
                this.last = last == null ? this.last : last;
            }
            answer();
        }

        private void answer() {
            UniEmitter<? super News> waiter;
            News news;
            synchronized (this) {
                if (waiting == null || !over && last <= beyond) {
                    return;
                }
                waiter = waiting;
                waiting = null;
                news = over ? News.OVER : News.MORE;
            }
            waiter.complete(news);
        }
    }
}
