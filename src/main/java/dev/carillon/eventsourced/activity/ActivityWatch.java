package dev.carillon.eventsourced.activity;

import dev.carillon.eventsourced.activity.PgActivity.TenantItem;
import dev.carillon.platform.http.ConnectionLimit;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.versions.ChangeListener;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads with each poll of the change feed what the tenants did that somebody here listens to: once for all streams, and not at all
 * without streams.
 */
@ApplicationScoped
class ActivityWatch implements ChangeListener {

    /** The most of a source that one poll reads for a tenant; a listener is told if there was more. */
    static final int AT_ONCE = 200;

    /** Rows become visible in the order of commit, not of their time: so far back they are looked for again. */
    static final Duration OVERLAP = Duration.ofSeconds(5);

    private static final Duration COME_BACK = Duration.ofSeconds(5);

    private final PgActivity store;
    private final Transactions transactions;
    private final ActivitySettings settings;
    private final Clock clock;
    private final int all;
    private final Map<String, Listened> tenants = new HashMap<>();
    private Instant readAt = Instant.EPOCH;
    private int taken;
    private volatile boolean stopped;

    /** A tenant's feed, and how many streams there are of it. */
    private record Listened(ActivityFeed feed, int streams) {}

    ActivityWatch(
            PgActivity store,
            Transactions transactions,
            ActivitySettings settings,
            ConnectionLimit connections,
            Clock clock) {
        this.store = store;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
        this.all = Math.min(settings.all(), Math.max(1, connections.most() / 4));
    }

    @Override
    public String topic() {
        return "activity";
    }

    @Override
    public Uni<Void> heard(long uncounted) {
        var listened = listened();
        if (listened.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var now = clock.instant();
        var since = sinceThen(now);
        return transactions
                .inTransaction(tx -> store.since(tx, listened, since, AT_ONCE))
                .invoke(read -> {
                    var byTenant = read.stream().collect(Collectors.groupingBy(TenantItem::tenant));
                    listened.forEach(tenant -> found(tenant, byTenant.getOrDefault(tenant, List.of()), since));
                    readUntil(now);
                })
                .replaceWithVoid();
    }

    /** Ends all waits at shutdown; clients reconnect to another replica. */
    void drain(@Observes ShutdownDelayInitiatedEvent stopping) {
        stop();
    }

    void end(@Observes @Priority(1) ShutdownEvent stopping) {
        stop();
    }

    /** @throws ProblemException if there is no place left; it says whether for the tenant or all */
    synchronized ActivityFeed take(String tenant) {
        if (stopped) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE, "This process is stopping: connect again, and another one answers");
        }
        if (taken >= all) {
            throw new ProblemException(Problem.of(
                            ProblemType.OVERLOADED,
                            all + " streams are open here, the most for all tenants; another replica may accept one")
                    .retriedAfter(COME_BACK));
        }
        var listened = tenants.getOrDefault(tenant, new Listened(new ActivityFeed(), 0));
        if (listened.streams() >= settings.perTenant()) {
            throw new ProblemException(Problem.tooMany(
                    "You have " + settings.perTenant() + " streams open here, the most that are allowed", COME_BACK));
        }
        if (tenants.isEmpty()) {
            readAt = clock.instant();
        }
        taken++;
        tenants.put(tenant, new Listened(listened.feed(), listened.streams() + 1));
        return listened.feed();
    }

    synchronized void left(String tenant) {
        taken--;
        tenants.computeIfPresent(
                tenant,
                (same, listened) ->
                        listened.streams() == 1 ? null : new Listened(listened.feed(), listened.streams() - 1));
    }

    boolean stopped() {
        return stopped;
    }

    /** How many streams are open here. */
    synchronized int taken() {
        return taken;
    }

    private synchronized Set<String> listened() {
        return Set.copyOf(tenants.keySet());
    }

    private synchronized Instant sinceThen(Instant now) {
        return (readAt.isBefore(now) ? readAt : now).minus(OVERLAP);
    }

    private synchronized void readUntil(Instant now) {
        readAt = now;
    }

    private void found(String tenant, List<TenantItem> read, Instant since) {
        Listened listened;
        synchronized (this) {
            listened = tenants.get(tenant);
        }
        if (listened != null) {
            listened.feed().add(read, AT_ONCE, since.minus(OVERLAP));
        }
    }

    private void stop() {
        stopped = true;
        List<Listened> all;
        synchronized (this) {
            all = List.copyOf(tenants.values());
        }
        all.forEach(listened -> listened.feed().tell());
    }
}
