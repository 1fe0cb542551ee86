package dev.carillon.delivery.outbox;

import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.outbox.PgSetAside.Listed;
import dev.carillon.delivery.outbox.PgSetAside.SetAsideDelivery;
import dev.carillon.delivery.outbox.PgSetAside.SetAsideUntil;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Due deliveries that may not start, because their destination's circuit is open or it is at its in-flight limit. A
 * claim that meets them takes them out of the common lanes, so that nobody waits behind them. They start from here,
 * oldest first, when their destination has room.
 */
@ApplicationScoped
class SetAside {

    /** The most destinations that one claim looks at, in a ring. */
    private static final int DESTINATIONS = 256;

    private final PgSetAside store;
    private final Map<String, DestinationKey> lastLookedAt = new ConcurrentHashMap<>();

    SetAside(PgSetAside store) {
        this.store = store;
    }

    /**
     * The set-aside deliveries that may start.
     *
     * @param behind where there is still more: what is due there comes after it
     * @param held   whether some of it may start as soon as something else has ended
     */
    record SetAsideClaim(List<LeasedDelivery> deliveries, Set<DestinationKey> behind, boolean held) {}

    Uni<SetAsideClaim> claim(Tx tx, String channel, Admission admission, int most, Instant now, Duration lease) {
        return listed(tx, channel).chain(listed -> {
            var open = open(listed, admission, most);
            return (open.isEmpty()
                            ? Uni.createFrom().item(List.<LeasedDelivery>of())
                            : store.claim(tx, channel, open, most, now, lease))
                    .chain(leased -> {
                        var unused = unused(open, leased, admission);
                        var empty = leased.size() < most ? unused : List.<Listed>of();
                        var behind = listed.stream()
                                .filter(one -> !empty.contains(one))
                                .map(Listed::place)
                                .collect(Collectors.toSet());
                        boolean held = behind.stream().anyMatch(place -> !admission.isCircuitOpen(place));
                        return store.strike(tx, channel, empty).replaceWith(new SetAsideClaim(leased, behind, held));
                    });
        });
    }

    /** The claimed deliveries that may start; the rest is set aside. */
    Uni<ClaimedDeliveries> admitted(
            Tx tx, String channel, ClaimedDeliveries claimed, Admission admission, Set<DestinationKey> behind) {
        var going = new ArrayList<LeasedDelivery>();
        var late = new ArrayList<SetAsideDelivery>();
        for (var leased : claimed.deliveries()) {
            var place = admission.destination(leased.delivery());
            if (!behind.contains(place) && admission.admit(place)) {
                going.add(leased);
            } else {
                late.add(new SetAsideDelivery(leased, place));
            }
        }
        return late.isEmpty()
                ? Uni.createFrom().item(claimed)
                : store.set(tx, channel, late)
                        .replaceWith(() -> new ClaimedDeliveries(going, true, claimed.held(), claimed.after()));
    }

    /** The listed destinations, in a ring from the one that was looked at last. */
    private Uni<List<Listed>> listed(Tx tx, String channel) {
        var last = lastLookedAt.getOrDefault(channel, DestinationKey.FIRST);
        return store.listed(tx, channel, last, DESTINATIONS).chain(listed -> {
            if (listed.size() == DESTINATIONS) {
                lastLookedAt.put(channel, listed.get(DESTINATIONS - 1).place());
            } else {
                lastLookedAt.remove(channel);
            }
            return listed.isEmpty() && last != DestinationKey.FIRST
                    ? listed(tx, channel)
                    : Uni.createFrom().item(listed);
        });
    }

    /**
     * Divides the places among the destinations with room, and takes them beforehand: all of a tenant's destinations
     * together start no more than the tenant may have.
     */
    private static List<SetAsideUntil> open(List<Listed> listed, Admission admission, int most) {
        var open =
                listed.stream().filter(one -> admission.room(one.place()) > 0).toList();
        int share = open.isEmpty() ? 0 : (most + open.size() - 1) / open.size();
        return open.stream()
                .map(one -> new SetAsideUntil(one, admitted(one.place(), admission, share)))
                .filter(one -> one.room() > 0)
                .toList();
    }

    private static int admitted(DestinationKey place, Admission admission, int most) {
        int admitted = 0;
        while (admitted < most && admission.admit(place)) {
            admitted++;
        }
        return admitted;
    }

    /** Destinations that had less than there was room for; their places are free again. */
    private static List<Listed> unused(List<SetAsideUntil> open, List<LeasedDelivery> leased, Admission admission) {
        var taken = leased.stream()
                .collect(Collectors.groupingBy(
                        (Function<LeasedDelivery, DestinationKey>) one -> admission.destination(one.delivery()),
                        Collectors.counting()));
        var unused = new ArrayList<Listed>();
        open.forEach(one -> {
            var place = one.listed().place();
            int left = one.room() - taken.getOrDefault(place, 0L).intValue();
            if (left > 0) {
                admission.giveBack(place, left);
                unused.add(one.listed());
            }
        });
        return unused;
    }
}
