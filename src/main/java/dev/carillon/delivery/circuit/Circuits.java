package dev.carillon.delivery.circuit;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.Route;
import dev.carillon.delivery.circuit.Circuit.Change;
import dev.carillon.delivery.circuit.Circuit.Sign;
import dev.carillon.delivery.circuit.PgCircuits.Open;
import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
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

/**
 * The circuit breakers of all providers. Each replica counts for itself; that one has opened, and that it is closed again, all learn from
 * the database, and one of them sends the probe.
 */
@ApplicationScoped
public class Circuits {

    /** A provider on a channel. */
    record Key(String channel, String provider) {
    }

    /** Longer than any attempt. */
    private static final Duration PROBE = Duration.ofMinutes(1);

    private final CircuitSettings settings;
    private final PgCircuits store;
    private final Transactions transactions;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Map<Key, Circuit> circuits = new ConcurrentHashMap<>();
    private final Map<String, Integer> routes = new ConcurrentHashMap<>();

    Circuits(CircuitSettings settings, PgCircuits store, Transactions transactions, MeterRegistry meters, Clock clock) {
        this.settings = settings;
        this.store = store;
        this.transactions = transactions;
        this.meters = meters;
        this.clock = clock;
    }

    /** Of so many parcels, how many this provider may get now. */
    public int admits(Channel channel, Route route, int wanted) {
        return settings.enabled() ? circuit(channel, route).admits(wanted, clock.instant()) : wanted;
    }

    /** Takes the right to hand it one. */
    public boolean pass(Channel channel, Route route) {
        return !settings.enabled() || circuit(channel, route).pass(clock.instant());
    }

    /** Learns from what came of an attempt. */
    public void ended(Channel channel, Route route, DeliveryOutcome outcome) {
        if (!settings.enabled()) {
            return;
        }
        var key = new Key(channel.name(), route.provider());
        var change = circuit(channel, route).ended(sign(outcome), clock.instant());
        if (change instanceof Change.Opened opened) {
            opened(key, opened);
        } else if (change instanceof Change.Closed) {
            closed(key);
        }
    }

    /** Learns what the others have found out, and takes the right to probe where nobody has it. */
    public Uni<Void> look() {
        return !settings.enabled() || circuits.isEmpty() ? Uni.createFrom().voidItem()
                : transactions.inTransaction(tx -> tellAll(tx).chain(() -> store.open(tx)).invoke(this::heard).chain(() -> probes(tx)))
                        .onFailure().invoke(failure -> Log.warnf("circuits could not be compared with the other replicas'; the next sweep tries again: cause=%s",
                                PgFailures.nameOf(failure)))
                        .onFailure().recoverWithNull();
    }

    /** How each stands, as {@code channel/provider} → closed, open, half-open. */
    public Map<String, String> states() {
        var now = clock.instant();
        var states = new TreeMap<String, String>();
        circuits.forEach((key, circuit) -> states.put(key.channel() + "/" + key.provider(), circuit.state(now).name().toLowerCase(Locale.ROOT).replace('_', '-')));
        return states;
    }

    private Circuit circuit(Channel channel, Route route) {
        return circuits.computeIfAbsent(new Key(channel.name(), route.provider()), key -> {
            routes.put(key.channel(), channel.routes().size());
            var made = new Circuit(settings);
            Gauge.builder("carillon.circuit.open", made, circuit -> circuit.openUntil() == null ? 0 : 1)
                    .tag("channel", key.channel()).tag("provider", key.provider())
                    .description("1 while the provider is left alone because it failed too often").register(meters);
            return made;
        });
    }

    private void opened(Key key, Change.Opened opened) {
        Log.warnf("a provider fails too often and is left alone; what is due waits and burns no attempt: channel=%s provider=%s failures=%d attempts=%d until=%s",
                key.channel(), key.provider(), opened.failures(), opened.attempts(), opened.until());
        write(tx -> tell(tx, key, opened));
    }

    private void closed(Key key) {
        Log.infof("a provider works again: channel=%s provider=%s", key.channel(), key.provider());
        write(tx -> store.closed(tx, key));
    }

    private void write(Function<Tx, Uni<Void>> statement) {
        transactions.inTransaction(statement).subscribe().with(done -> {
        }, failure -> Log.warnf("the other replicas could not be told of a circuit; the next sweep tries again: cause=%s", PgFailures.nameOf(failure)));
    }

    private Uni<Void> tell(Tx tx, Key key, Change.Opened opened) {
        return store.opened(tx, key, routes.getOrDefault(key.channel(), 1), opened.until(), opened.trips(), clock.instant());
    }

    private Uni<Void> tellAll(Tx tx) {
        return eachOf(circuits.entrySet().stream().filter(entry -> entry.getValue().untold() != null).toList(), entry -> {
            var untold = entry.getValue().untold();
            return untold == null ? Uni.createFrom().voidItem() : tell(tx, entry.getKey(), untold);
        });
    }

    private void heard(List<Open> open) {
        var known = open.stream().collect(Collectors.toMap(Open::key, Function.identity()));
        circuits.forEach((key, circuit) -> {
            var said = known.get(key);
            if (said != null) {
                circuit.heardOpen(said.until(), said.trips());
            } else if (circuit.heardClosed()) {
                Log.infof("a provider works again, another replica says: channel=%s provider=%s", key.channel(), key.provider());
            }
        });
    }

    private Uni<Void> probes(Tx tx) {
        var now = clock.instant();
        var wanted = circuits.entrySet().stream().filter(entry -> entry.getValue().wantsProbe(now)).toList();
        return eachOf(wanted, entry -> probe(tx, entry.getKey(), entry.getValue(), now));
    }

    private static <T> Uni<Void> eachOf(List<T> all, Function<T, Uni<Void>> statement) {
        return all.isEmpty() ? Uni.createFrom().voidItem()
                : Multi.createFrom().iterable(all).onItem().transformToUniAndConcatenate(statement::apply).collect().last().replaceWithVoid();
    }

    private Uni<Void> probe(Tx tx, Key key, Circuit circuit, Instant now) {
        return store.takeProbe(tx, key, now, now.plus(PROBE)).invoke(ours -> {
            if (ours) {
                circuit.probeIsOurs(now.plus(PROBE));
            }
        }).replaceWithVoid();
    }

    private static Sign sign(DeliveryOutcome outcome) {
        if (outcome instanceof Sent) {
            return Sign.WORKS;
        }
        return outcome instanceof RetryLater later && (later.failure() == FailureKind.PROVIDER_ERROR || later.failure() == FailureKind.OUTCOME_UNKNOWN)
                ? Sign.FAILS : Sign.NOTHING;
    }
}
