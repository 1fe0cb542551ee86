package dev.carillon.notification.overview;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.Route;
import dev.carillon.delivery.circuit.CircuitStatus;
import dev.carillon.delivery.circuit.Circuits;
import dev.carillon.delivery.outbox.LaneQueue;
import dev.carillon.delivery.outbox.Queues;
import dev.carillon.notification.Priority;
import dev.carillon.notification.overview.OverviewView.Lane;
import dev.carillon.notification.overview.OverviewView.NotClosed;
import dev.carillon.notification.overview.OverviewView.OnChannel;
import dev.carillon.notification.overview.OverviewView.Rates;
import dev.carillon.notification.overview.OverviewView.Reasons;
import dev.carillon.notification.statistics.Statistics;
import dev.carillon.notification.statistics.Statistics.ForReason;
import dev.carillon.notification.statistics.Statistics.InMinute;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts together how delivery is doing for a tenant. What belongs to all tenants, as a provider's circuit does, is shown
 * to the tenant that runs the service, and to others where something of theirs waits on the channel or was sent there in
 * the last hour.
 */
@ApplicationScoped
class DeliveryOverview {

    private static final int MOST_DESTINATIONS = 100;
    private static final Duration LATELY = Duration.ofHours(1);

    private final Map<String, Channel> channels;
    private final Queues queues;
    private final Circuits circuits;
    private final Statistics statistics;
    private final LimitsInForce limits;
    private final Transactions transactions;
    private final Clock clock;

    DeliveryOverview(
            @All List<Channel> channels,
            Queues queues,
            Circuits circuits,
            Statistics statistics,
            LimitsInForce limits,
            Transactions transactions,
            Clock clock) {
        this.channels = new TreeMap<>(channels.stream().collect(Collectors.toMap(Channel::name, Function.identity())));
        this.queues = queues;
        this.circuits = circuits;
        this.statistics = statistics;
        this.limits = limits;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** What was read of one moment. */
    private record Measured(
            Instant now,
            List<LaneQueue> queues,
            List<CircuitStatus> circuits,
            List<InMinute> lately,
            List<ForReason> reasons) {}

    /**
     * @param rated    how far back rates go, an hour at most
     * @param reasoned how far back reasons go
     */
    Uni<OverviewView> of(String tenant, Duration rated, Duration reasoned) {
        var now = clock.instant();
        var end = now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
        var lately = now.truncatedTo(ChronoUnit.MINUTES).minus(LATELY).plus(1, ChronoUnit.MINUTES);
        return transactions
                .inTransaction(tx -> queues.of(tx, tenant, now)
                        .chain(waiting -> circuits.notClosed(tx, tenant, MOST_DESTINATIONS)
                                .chain(open -> statistics
                                        .rates(tx, tenant, lately)
                                        .chain(minutes -> statistics
                                                .reasons(tx, tenant, end.minus(reasoned), end)
                                                .map(reasons -> new Measured(now, waiting, open, minutes, reasons))))))
                .map(measured -> view(measured, concerned(tenant, measured), rated, end.minus(reasoned), end));
    }

    private OverviewView view(
            Measured measured, Predicate<String> concerned, Duration rated, Instant reasonsFrom, Instant reasonsTo) {
        var now = measured.now();
        var until = now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        return new OverviewView(
                now,
                channels.values().stream()
                        .map(channel -> onChannel(channel, measured, concerned.test(channel.name())))
                        .toList(),
                notClosed(measured.circuits(), concerned),
                limits.of(concerned),
                rates(measured.lately(), until.minus(rated), until),
                new Reasons(
                        reasonsFrom,
                        reasonsTo,
                        measured.reasons().stream().map(Reasons.Hour::of).toList()));
    }

    private static Predicate<String> concerned(String tenant, Measured measured) {
        if (Caller.DEFAULT_TENANT.equals(tenant)) {
            return channel -> true;
        }
        var used = Stream.concat(
                        measured.queues().stream()
                                .filter(queue -> !queue.isEmpty())
                                .map(LaneQueue::channel),
                        measured.lately().stream().map(InMinute::channel))
                .collect(Collectors.toSet());
        return used::contains;
    }

    private static OnChannel onChannel(Channel channel, Measured measured, boolean concerned) {
        return new OnChannel(
                channel.name(),
                concerned ? channel.routes().stream().map(Route::provider).toList() : List.of(),
                measured.queues().stream()
                        .filter(queue -> queue.channel().equals(channel.name()))
                        .map(queue -> Lane.of(name(queue.priority()), queue, measured.now()))
                        .toList());
    }

    private static String name(int priority) {
        return Priority.values()[priority].name().toLowerCase(Locale.ROOT);
    }

    private static List<NotClosed> notClosed(List<CircuitStatus> circuits, Predicate<String> concerned) {
        var open = circuits.stream()
                .filter(circuit -> circuit.destination() == null)
                .collect(Collectors.groupingBy(CircuitStatus::channel, Collectors.counting()));
        return circuits.stream()
                .filter(circuit -> circuit.destination() != null || concerned.test(circuit.channel()))
                .map(circuit -> NotClosed.of(circuit, open.getOrDefault(circuit.channel(), 0L)))
                .toList();
    }

    private static Rates rates(List<InMinute> lately, Instant from, Instant until) {
        record RatedMinute(Instant at, String channel, String provider) {}
        var counts = new LinkedHashMap<RatedMinute, Map<String, Long>>();
        lately.stream()
                .filter(one -> !one.at().isBefore(from))
                .forEach(one -> counts.computeIfAbsent(
                                new RatedMinute(one.at(), one.channel(), one.provider()),
                                place -> new LinkedHashMap<>())
                        .put(one.status(), one.count()));
        return new Rates(
                from,
                until,
                counts.entrySet().stream()
                        .map(one -> new Rates.Minute(
                                one.getKey().at(),
                                one.getKey().channel(),
                                one.getKey().provider(),
                                one.getValue()))
                        .toList());
    }
}
