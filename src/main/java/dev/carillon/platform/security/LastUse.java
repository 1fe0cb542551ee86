package dev.carillon.platform.security;

import dev.carillon.platform.id.Ids;
import dev.carillon.platform.jobs.Jobs;
import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * When keys were last used. A request only notes it here. Once a minute, and at the stop, one statement writes it for all
 * keys; of several replicas the latest use stays.
 */
@ApplicationScoped
public class LastUse {

    private static final Duration DEADLINE = Duration.ofSeconds(5);

    /** The use of a key. */
    record KeyUse(String id, Instant at) {}

    private final PgApiKeys store;
    private final Transactions transactions;
    private final Clock clock;
    private final Map<String, Instant> unwritten = new ConcurrentHashMap<>();

    LastUse(PgApiKeys store, Transactions transactions, Clock clock) {
        this.store = store;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** @param id of the key; whoever came in without one is nobody's use */
    public void noted(String id) {
        if (Ids.isId(id)) {
            unwritten.put(id, clock.instant());
        }
    }

    /** The later one of what is written and what is known here. */
    @Nullable
    Instant of(String id, @Nullable Instant written) {
        var here = unwritten.get(id);
        return here == null || written != null && written.isAfter(here) ? written : here;
    }

    void schedule(@Observes Jobs jobs) {
        jobs.job("api-key-use").every("60s").after("60s").run(this::write);
    }

    void stop(@Observes @Priority(300) ShutdownEvent stopping) {
        write().ifNoItem()
                .after(DEADLINE)
                .fail()
                .onFailure()
                .invoke(failure -> Log.warnf(
                        "the last uses of API keys were not recorded before shutdown: cause=%s",
                        PgFailures.nameOf(failure)))
                .onFailure()
                .recoverWithNull()
                .await()
                .indefinitely();
    }

    /** What is noted meanwhile is written the next time. */
    Uni<Void> write() {
        var uses = unwritten.entrySet().stream()
                .map(use -> new KeyUse(use.getKey(), use.getValue()))
                .sorted((one, other) -> one.id().compareTo(other.id()))
                .toList();
        return uses.isEmpty()
                ? Uni.createFrom().voidItem()
                : transactions.inOneStatement(tx -> store.used(tx, uses)).invoke(() -> written(uses));
    }

    private void written(List<KeyUse> uses) {
        uses.forEach(use -> unwritten.remove(use.id(), use.at()));
    }
}
