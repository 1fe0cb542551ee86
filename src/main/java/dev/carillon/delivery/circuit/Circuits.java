package dev.carillon.delivery.circuit;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.Fault;
import dev.carillon.delivery.DeliveryOutcome.Refused;
import dev.carillon.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.MaskedAddress;
import dev.carillon.delivery.Route;
import dev.carillon.delivery.circuit.Circuit.CircuitChange;
import dev.carillon.delivery.circuit.Circuit.Sign;
import dev.carillon.delivery.circuit.PgCircuits.OpenCircuit;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import dev.carillon.platform.versions.ChangeListener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breakers of all providers, and of destinations. Each replica counts for itself. Through the database, all
 * replicas learn that a circuit has opened or closed, and one of them sends the probe.
 */
@ApplicationScoped
public class Circuits implements ChangeListener {

    /**
     * A provider on a channel, or one destination it is called for.
     *
     * @param destination tenant and destination; empty for the provider itself
     */
    record CircuitKey(String channel, String provider, String destination) {

        boolean isProvider() {
            return destination.isEmpty();
        }
    }

    /** Longer than any attempt. */
    private static final Duration PROBE = Duration.ofMinutes(1);
    /** The most destinations whose trouble is remembered; further ones are tried as if they worked. */
    private static final int MOST_DESTINATIONS = 10_000;
    /** The most probes taken in one poll. */
    private static final int MOST_PROBES = 100;

    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);
    private static final long UNKNOWN = -1;

    private final CircuitSettings settings;
    private final PgCircuits store;
    private final Transactions transactions;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Map<CircuitKey, Circuit> circuits = new ConcurrentHashMap<>();
    private final Map<String, Integer> routes = new ConcurrentHashMap<>();
    private volatile long known = UNKNOWN; // the changes of circuits that are known here

    Circuits(CircuitSettings settings, PgCircuits store, Transactions transactions, MeterRegistry meters, Clock clock) {
        this.settings = settings;
        this.store = store;
        this.transactions = transactions;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * How many of these deliveries may go this way now.
     *
     * @param destination tenant and destination; null for the provider itself
     */
    public int admits(Channel channel, Route route, @Nullable String destination, int wanted) {
        var circuit = settings.enabled() ? circuit(channel, route, destination) : null;
        return circuit == null ? wanted : circuit.admits(wanted, clock.instant());
    }

    /** Takes the right to send one delivery, of this delivery, this way. */
    public boolean pass(Channel channel, Route route, @Nullable String destination, String delivery) {
        var circuit = settings.enabled() ? circuit(channel, route, destination) : null;
        return circuit == null || circuit.pass(delivery, clock.instant());
    }

    /** Whether this delivery had better not find out whether it works again: it has failed there itself. */
    public boolean doubts(Channel channel, Route route, @Nullable String destination, String delivery) {
        var circuit = settings.enabled() ? circuit(channel, route, destination) : null;
        return circuit != null && circuit.doubts(delivery);
    }

    /** Learns from what came of an attempt: of the destination where there is one, else of the provider. */
    public void ended(
            Channel channel, Route route, @Nullable String destination, String delivery, DeliveryOutcome outcome) {
        if (!settings.enabled()) {
            return;
        }
        var sign = destination == null ? ofProvider(outcome) : ofDestination(outcome);
        var circuit = sign == Sign.FAILS
                ? circuits.computeIfAbsent(key(channel, route, destination), this::made)
                : circuit(channel, route, destination);
        if (circuit == null) {
            return;
        }
        var change = circuit.ended(sign, delivery, clock.instant());
        if (change instanceof CircuitChange.Opened opened) {
            opened(key(channel, route, destination), opened);
        } else if (change instanceof CircuitChange.Closed) {
            closed(key(channel, route, destination));
        }
    }

    /** Whether one of the channel's providers is being probed, so that what says nothing of it should be followed by another at once. */
    public boolean probes(Channel channel) {
        var now = clock.instant();
        return settings.enabled()
                && channel.routes().stream()
                        .map(route -> circuits.get(key(channel, route, null)))
                        .anyMatch(circuit -> circuit != null
                                && circuit.state(now) == Circuit.State.HALF_OPEN
                                && circuit.admits(1, now) > 0);
    }

    @Override
    public String topic() {
        return "circuits";
    }

    /** Loads the other replicas' circuit states if one has changed, and takes the probe where no replica has it. */
    @Override
    public Uni<Void> heard(long changes) {
        if (!settings.enabled() || circuits.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var now = clock.instant();
        circuits.entrySet()
                .removeIf(entry ->
                        !entry.getKey().isProvider() && entry.getValue().idle(now));
        return announceUnannounced()
                .chain(() -> changes == known && !anyForgotten(now)
                        ? Uni.createFrom().voidItem()
                        : read(changes, now))
                .chain(() -> probes(now));
    }

    /** No probe will ever close a destination's circuit that gets no deliveries any more. */
    private boolean anyForgotten(Instant now) {
        return circuits.entrySet().stream()
                .filter(entry -> !entry.getKey().isProvider())
                .map(entry -> entry.getValue().openUntil())
                .anyMatch(until -> until != null && until.isBefore(now.minus(FORGOTTEN_AFTER)));
    }

    /** A provider that is first used while it reads makes the next poll read again. */
    private Uni<Void> read(long changes, Instant now) {
        known = changes;
        return transactions
                .inTransaction(
                        tx -> store.forget(tx, now.minus(FORGOTTEN_AFTER)).chain(() -> store.open(tx)))
                .invoke(this::follow)
                .onFailure()
                .invoke(() -> known = UNKNOWN)
                .replaceWithVoid();
    }

    /**
     * The state of each provider's circuit, as {@code channel/provider} → closed, open, half-open; or how many of its
     * destinations have an open circuit.
     */
    public Map<String, String> states() {
        var now = clock.instant();
        var states = new TreeMap<String, String>();
        circuits.forEach((key, circuit) -> {
            if (key.isProvider()) {
                long open = openDestinations(key);
                var state = circuit.state(now);
                states.put(
                        key.channel() + "/" + key.provider(),
                        state == Circuit.State.CLOSED && open > 0
                                ? "open for " + open + (open == 1 ? " destination" : " destinations")
                                : state.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            }
        });
        return states;
    }

    /** Those that are not closed, as all replicas know them: of providers, and of the tenant's destinations, {@code most} of these. */
    public Uni<List<CircuitStatus>> notClosed(Tx tx, String tenant, int most) {
        return store.shown(tx, tenant, most, clock.instant());
    }

    /** The number of circuits in memory. */
    int remembered() {
        return circuits.size();
    }

    /** Null for a destination that has had no trouble lately. */
    private @Nullable Circuit circuit(Channel channel, Route route, @Nullable String destination) {
        var key = key(channel, route, destination);
        routes.putIfAbsent(key.channel(), channel.routes().size());
        return key.isProvider() ? circuits.computeIfAbsent(key, this::made) : circuits.get(key);
    }

    private static CircuitKey key(Channel channel, Route route, @Nullable String destination) {
        return new CircuitKey(channel.name(), route.provider(), destination == null ? "" : destination);
    }

    /** All destinations share one gauge, because customers' destinations must not appear as labels. */
    private @Nullable Circuit made(CircuitKey key) {
        if (!key.isProvider()) {
            return circuits.size() < MOST_DESTINATIONS ? new Circuit(settings) : null;
        }
        known = UNKNOWN;
        var made = new Circuit(settings);
        Gauge.builder(
                        "carillon.circuit.open",
                        made,
                        circuit -> (circuit.openUntil() == null ? 0 : 1) + openDestinations(key))
                .tag("channel", key.channel())
                .tag("provider", key.provider())
                .description(
                        "1 while the circuit of the provider is open; for destinations, the number of open circuits")
                .register(meters);
        return made;
    }

    private long openDestinations(CircuitKey provider) {
        return circuits.entrySet().stream()
                .filter(entry -> !entry.getKey().isProvider()
                        && entry.getKey().channel().equals(provider.channel())
                        && entry.getKey().provider().equals(provider.provider())
                        && entry.getValue().openUntil() != null)
                .count();
    }

    private void opened(CircuitKey key, CircuitChange.Opened opened) {
        Log.warnf(
                "circuit open: %s fails too often; due deliveries wait and use no attempt: channel=%s provider=%s%s failures=%d attempts=%d until=%s",
                kind(key),
                key.channel(),
                key.provider(),
                shown(key),
                opened.failures(),
                opened.attempts(),
                opened.until());
        write(tx -> announce(tx, key, opened));
    }

    private void closed(CircuitKey key) {
        Log.infof("%s works again: channel=%s provider=%s%s", kind(key), key.channel(), key.provider(), shown(key));
        write(tx -> store.closed(tx, key));
    }

    private void write(Function<Tx, Uni<Void>> statement) {
        transactions
                .inTransaction(statement)
                .subscribe()
                .with(
                        done -> {},
                        failure -> Log.warnf(
                                "other replicas could not be notified of a circuit; the next poll tries again: cause=%s",
                                PgFailures.nameOf(failure)));
    }

    private Uni<Void> announce(Tx tx, CircuitKey key, CircuitChange.Opened opened) {
        return store.opened(
                tx, key, routes.getOrDefault(key.channel(), 1), opened.until(), opened.trips(), clock.instant());
    }

    /** Each in a transaction of its own: who holds the row of one and waits for another's could wait for ever. */
    private Uni<Void> announceUnannounced() {
        var unannounced = circuits.entrySet().stream()
                .filter(entry -> entry.getValue().unannounced() != null)
                .toList();
        return eachOf(unannounced, entry -> {
            var opened = entry.getValue().unannounced();
            return opened == null
                    ? Uni.createFrom().voidItem()
                    : transactions.inTransaction(tx -> announce(tx, entry.getKey(), opened));
        });
    }

    private void follow(List<OpenCircuit> open) {
        var known = open.stream().collect(Collectors.toMap(OpenCircuit::key, Function.identity()));
        known.keySet().stream()
                .filter(key -> !key.isProvider())
                .forEach(key -> circuits.computeIfAbsent(key, this::made));
        circuits.forEach((key, circuit) -> {
            var said = known.get(key);
            if (said != null) {
                circuit.heardOpen(said.until(), said.trips());
            } else if (circuit.heardClosed()) {
                Log.infof(
                        "%s works again, according to another replica: channel=%s provider=%s%s",
                        kind(key), key.channel(), key.provider(), shown(key));
            }
        });
    }

    private Uni<Void> probes(Instant now) {
        var wanted = circuits.entrySet().stream()
                .filter(entry -> entry.getValue().wantsProbe(now))
                .limit(MOST_PROBES)
                .toList();
        return wanted.isEmpty()
                ? Uni.createFrom().voidItem()
                : transactions.inTransaction(
                        tx -> eachOf(wanted, entry -> probe(tx, entry.getKey(), entry.getValue(), now)));
    }

    private static <T> Uni<Void> eachOf(List<T> all, Function<T, Uni<Void>> statement) {
        return Multi.createFrom()
                .iterable(all)
                .onItem()
                .transformToUniAndConcatenate(statement::apply)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> probe(Tx tx, CircuitKey key, Circuit circuit, Instant now) {
        return store.takeProbe(tx, key, now, now.plus(PROBE))
                .invoke(ours -> {
                    if (ours) {
                        circuit.probeIsOurs(now.plus(PROBE));
                    }
                })
                .replaceWithVoid();
    }

    /** Refusals and requests to wait are about the message or the recipient. */
    private static Sign ofProvider(DeliveryOutcome outcome) {
        return outcome instanceof Sent
                ? Sign.WORKS
                : fails(outcome) && ((RetryLater) outcome).fault() == Fault.PROVIDER ? Sign.FAILS : Sign.NOTHING;
    }

    /** A destination that refuses has answered, and one that is not called at all keeps nobody waiting. */
    private static Sign ofDestination(DeliveryOutcome outcome) {
        return outcome instanceof Sent || outcome instanceof Refused
                ? Sign.WORKS
                : fails(outcome) ? Sign.FAILS : Sign.NOTHING;
    }

    private static boolean fails(DeliveryOutcome outcome) {
        return outcome instanceof RetryLater later
                && (later.failure() == FailureKind.PROVIDER_ERROR || later.failure() == FailureKind.OUTCOME_UNKNOWN);
    }

    private static String kind(CircuitKey key) {
        return key.isProvider() ? "a provider" : "a destination";
    }

    /** Enough to find it by; the host of a customer's endpoint may say who they are. */
    private static String shown(CircuitKey key) {
        if (key.isProvider()) {
            return "";
        }
        int name = key.destination().lastIndexOf('/') + 1;
        var destination = key.destination().substring(name);
        return " tenant=" + key.destination().substring(0, name - 1) + " destination="
                + (Ids.isId(destination) ? destination : MaskedAddress.of(destination));
    }
}
