package dev.carillon.delivery.outbox;

import dev.carillon.delivery.outbox.SetAside.SetAsideClaim;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Claims the deliveries that are due and may start: by lane and tenant, by destination on channels with many, and
 * within each recipient's limit.
 */
@ApplicationScoped
class Claims {

    private final PgOutbox store;
    private final SetAside aside;
    private final PgProbes probes;
    private final RecipientLimits recipients;
    private final AtomicInteger turn = new AtomicInteger();

    Claims(PgOutbox store, SetAside aside, PgProbes probes, RecipientLimits recipients) {
        this.store = store;
        this.aside = aside;
        this.probes = probes;
        this.recipients = recipients;
    }

    /** Whether a claim without destinations is a single statement. */
    boolean isOneStatement(String channel) {
        return !recipients.isSet(channel);
    }

    Uni<ClaimedDeliveries> claim(Tx tx, String channel, Lanes lanes, Instant now, Duration lease) {
        return store.claim(tx, channel, lanes, now, lease).chain(claimed -> recipients.within(tx, channel, claimed));
    }

    /** Claims one delivery: preferably one that was never tried, and of these the newest. */
    Uni<ClaimedDeliveries> claimProbe(Tx tx, String channel, Lanes lanes, Instant now, Duration lease) {
        return probes.claim(tx, channel, lanes.after(), now, lease)
                .chain(untried -> untried.isEmpty()
                        ? claim(tx, channel, lanes, now, lease)
                        : recipients.within(tx, channel, new ClaimedDeliveries(untried, false, false, lanes.after())));
    }

    Uni<ClaimedDeliveries> claim(Tx tx, String channel, Lanes lanes, Instant now, Duration lease, Admission admission) {
        return aside.claim(tx, channel, admission, placesForAside(lanes), now, lease)
                .chain(taken -> fromLanes(tx, channel, lanes.less(taken.deliveries()), now, lease, admission, taken)
                        .map(claimed -> new ClaimedDeliveries(
                                Stream.concat(taken.deliveries().stream(), claimed.deliveries().stream())
                                        .toList(),
                                claimed.more(),
                                taken.held(),
                                claimed.after())))
                .chain(claimed -> recipients.within(tx, channel, claimed));
    }

    private Uni<ClaimedDeliveries> fromLanes(
            Tx tx, String channel, Lanes lanes, Instant now, Duration lease, Admission admission, SetAsideClaim taken) {
        return lanes.places() == 0
                ? Uni.createFrom().item(new ClaimedDeliveries(List.of(), false, false, lanes.after()))
                : store.claim(tx, channel, lanes, now, lease)
                        .chain(claimed -> aside.admitted(tx, channel, claimed, admission, taken.behind()));
    }

    /** Half of them; of an odd one it is every other time, so that neither is kept from the last place for ever. */
    private int placesForAside(Lanes lanes) {
        return Math.min((lanes.places() + Math.floorMod(turn.incrementAndGet(), 2)) / 2, lanes.bulk());
    }
}
