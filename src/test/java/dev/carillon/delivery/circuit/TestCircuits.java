package dev.carillon.delivery.circuit;

import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Circuits that share a database in memory, each as if in a process of its own. */
public final class TestCircuits extends PgCircuits {

    private final Map<Circuits.CircuitKey, OpenCircuit> open = new HashMap<>();
    private final Map<Circuits.CircuitKey, Instant> probes = new HashMap<>();
    private long changes;

    /** As the triggers count them. */
    public long changes() {
        return changes;
    }

    /** None of them ever opens. */
    public static Circuits off() {
        return new TestCircuits().replica(Clock.systemUTC(), Map.of("carillon.circuit.enabled", "false"));
    }

    public Circuits replica(Clock clock, Map<String, String> values) {
        var transactions = new Transactions() {
            @Override
            public <T> Uni<T> inTransaction(Function<Tx, Uni<T>> work) {
                return work.apply(new Tx() {});
            }
        };
        return new Circuits(settings(values), this, transactions, new SimpleMeterRegistry(), clock);
    }

    static CircuitSettings settings(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(CircuitSettings.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(CircuitSettings.class);
    }

    @Override
    Uni<List<OpenCircuit>> open(Tx tx) {
        return Uni.createFrom().item(() -> List.copyOf(open.values()));
    }

    @Override
    Uni<Void> opened(Tx tx, Circuits.CircuitKey key, int routes, Instant until, int trips, Instant now) {
        changes++;
        open.put(key, new OpenCircuit(key, until, trips));
        probes.remove(key);
        return Uni.createFrom().voidItem();
    }

    @Override
    Uni<Void> closed(Tx tx, Circuits.CircuitKey key) {
        changes++;
        open.remove(key);
        return Uni.createFrom().voidItem();
    }

    @Override
    Uni<Void> forget(Tx tx, Instant before) {
        if (open.entrySet()
                .removeIf(entry ->
                        !entry.getKey().isProvider() && entry.getValue().until().isBefore(before))) {
            changes++;
        }
        return Uni.createFrom().voidItem();
    }

    @Override
    Uni<Boolean> takeProbe(Tx tx, Circuits.CircuitKey key, Instant now, Instant until) {
        if (!open.containsKey(key)
                || open.get(key).until().isAfter(now)
                || probes.getOrDefault(key, Instant.MIN).isAfter(now)) {
            return Uni.createFrom().item(false);
        }
        probes.put(key, until);
        return Uni.createFrom().item(true);
    }
}
