package dev.carillon.delivery.deadletter;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.circuit.Circuits;
import dev.carillon.delivery.deadletter.PgDeadLetters.Rehearsed;
import dev.carillon.delivery.deadletter.RedriveReport.Rehearsal;
import dev.carillon.delivery.outbox.HeldDelivery;
import dev.carillon.delivery.outbox.HeldReview;
import dev.carillon.delivery.outbox.ReleaseDecision;
import dev.carillon.delivery.outbox.ReleaseDecision.HoldAgain;
import dev.carillon.delivery.outbox.ReleaseDecision.Release;
import dev.carillon.delivery.outbox.ReleaseDecision.Withdraw;
import dev.carillon.platform.sql.Tx;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What would become of dead letters if they were redriven now. Nothing is estimated: they are selected by the condition
 * of the redrive and evaluated by what evaluates them afterwards, and the circuits are asked.
 */
@ApplicationScoped
class RedriveRehearsal {

    /** With so many a circuit lets pass only what it lets pass when it is closed. */
    private static final int SOME = 2;

    private final PgDeadLetters store;
    private final HeldReview review;
    private final Circuits circuits;
    private final Map<String, Channel> channels;

    RedriveRehearsal(PgDeadLetters store, HeldReview review, Circuits circuits, @All List<Channel> channels) {
        this.store = store;
        this.review = review;
        this.circuits = circuits;
        this.channels = channels.stream().collect(Collectors.toMap(Channel::name, Function.identity()));
    }

    Uni<Rehearsal> of(Tx tx, String tenant, List<String> ids, Instant now) {
        return store.rehearse(tx, tenant, ids, now)
                .chain(found -> review.review(tx, held(found)).map(decisions -> rehearsal(found, decisions)));
    }

    /** Those of no customer go without a review, as they do from the outbox. */
    private static List<HeldDelivery> held(List<Rehearsed> found) {
        return found.stream()
                .filter(one -> one.whole() && one.customerId() != null)
                .map(one -> new HeldDelivery(
                        one.deliveryId(),
                        one.tenant(),
                        one.notificationId(),
                        Objects.requireNonNull(one.customerId()),
                        one.channel(),
                        Objects.requireNonNull(one.recipient()),
                        one.expiresAt(),
                        null,
                        null))
                .toList();
    }

    private Rehearsal rehearsal(List<Rehearsed> found, List<ReleaseDecision> decisions) {
        var addresses = Stream.concat(
                        decisions.stream()
                                .filter(Release.class::isInstance)
                                .map(Release.class::cast)
                                .map(release -> toward(release.delivery(), release.address())),
                        found.stream()
                                .filter(one -> one.whole() && one.customerId() == null)
                                .map(RedriveRehearsal::toward))
                .toList();
        return new Rehearsal(
                addresses.size(),
                (int) addresses.stream().filter(this::isCircuitOpen).count(),
                byReason(
                        decisions,
                        one -> one instanceof HoldAgain again
                                ? again.hold().reason() == null
                                        ? "SCHEDULED"
                                        : again.hold().reason()
                                : null),
                byReason(decisions, one -> one instanceof Withdraw withdraw ? withdraw.reason() : null),
                (int) found.stream().filter(one -> !one.whole()).count());
    }

    private static Map<String, Integer> byReason(
            List<ReleaseDecision> decisions, Function<ReleaseDecision, @Nullable String> reason) {
        return decisions.stream()
                .flatMap(one -> Stream.ofNullable(reason.apply(one)))
                .collect(Collectors.toMap(Function.identity(), one -> 1, Integer::sum, TreeMap::new));
    }

    /** Whether no provider would take it now, or its destination would not. */
    private boolean isCircuitOpen(Delivery delivery) {
        var channel = channels.get(delivery.channel());
        if (channel == null) {
            return false;
        }
        var destination = channel.hasDestinations() ? delivery.tenant() + "/" + channel.destination(delivery) : null;
        return channel.routes().stream()
                .noneMatch(route -> circuits.admits(channel, route, null, SOME) == SOME
                        && (destination == null || circuits.admits(channel, route, destination, SOME) == SOME));
    }

    private static Delivery toward(HeldDelivery held, String address) {
        return toward(held.id(), held.tenant(), held.notificationId(), held.channel(), address);
    }

    private static Delivery toward(Rehearsed one) {
        return toward(
                one.deliveryId(),
                one.tenant(),
                one.notificationId(),
                one.channel(),
                Objects.requireNonNull(one.recipient()));
    }

    /** As much of it as says where it goes. */
    private static Delivery toward(String id, String tenant, String notificationId, String channel, String address) {
        return new Delivery(id, tenant, notificationId, channel, address, null, "", null, 1, null, null, null);
    }
}
