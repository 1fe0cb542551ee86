package dev.carillon.platform.versions;

import dev.carillon.platform.sql.PgFailures;
import io.quarkus.arc.All;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells everything that keeps a part of the database in memory when it has changed, on whichever replica: one statement reads how
 * often each topic has changed. Twice a second, so that a revoked API key opens nothing after a second. {@code LISTEN} would hold a
 * connection and still need polling after every lost one (docs/adr/0027).
 */
@ApplicationScoped
public class ChangeFeed {

    private static final Duration BETWEEN_POLLS = Duration.ofMillis(500);

    private final PgChangeFeed store;
    private final Vertx vertx;
    private final List<ChangeListener> listeners;
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private volatile long timer;

    ChangeFeed(PgChangeFeed store, Vertx vertx, @All List<ChangeListener> listeners) {
        this.store = store;
        this.vertx = vertx;
        this.listeners = listeners;
    }

    void start(@Observes StartupEvent started) {
        timer = vertx.setPeriodic(BETWEEN_POLLS.toMillis(), tick -> poll());
    }

    void stop(@Observes ShutdownEvent stopping) {
        vertx.cancelTimer(timer);
    }

    void poll() {
        run("the change feed", Uni.createFrom().deferred(() -> store.changes().invoke(this::tell)));
    }

    private void tell(Map<String, Long> changes) {
        listeners.forEach(listener -> run(
                listener.topic(),
                Uni.createFrom().deferred(() -> listener.heard(changes.getOrDefault(listener.topic(), 0L)))));
    }

    /** One of a name at a time. Of several failures in a row the first one is logged. */
    private void run(String name, Uni<?> work) {
        if (running.add(name)) {
            work.onTermination()
                    .invoke(() -> running.remove(name))
                    .subscribe()
                    .with(done -> failing.remove(name), failure -> {
                        if (failing.add(name)) {
                            Log.warnf(
                                    "cannot read what other replicas have changed; what is known stays in use; the next poll tries again: of=%s cause=%s",
                                    name, PgFailures.nameOf(failure));
                        }
                    });
        }
    }
}
