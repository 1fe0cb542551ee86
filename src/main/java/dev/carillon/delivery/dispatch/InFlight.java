package dev.carillon.delivery.dispatch;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.outbox.Admission;
import dev.carillon.delivery.outbox.DestinationKey;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the deliveries of one channel in flight, by destination and by tenant, and limits both. A tenant may have at
 * most {@link #SHARE_OF_FREE} times as many in flight as places are free, so a tenant with many slow destinations
 * always leaves some for others.
 */
class InFlight {

    /** With 4, one tenant alone gets four fifths of all places, and two get four ninths each. */
    private static final int SHARE_OF_FREE = 4;

    private final Channel channel;
    private final ProviderSelection selection;
    private final int perDestination;
    private final Counts started = new Counts();

    InFlight(Channel channel, ProviderSelection selection, int perDestination) {
        this.channel = channel;
        this.selection = selection;
        this.perDestination = perDestination;
    }

    /** For one claim; what it admits counts here once it has {@link #started}. */
    Admission admission(int free) {
        return new ClaimAdmission(free);
    }

    void started(LeasedDelivery leased) {
        started.add(destination(leased.delivery()), 1);
    }

    void ended(LeasedDelivery leased) {
        started.add(destination(leased.delivery()), -1);
    }

    private DestinationKey destination(Delivery delivery) {
        return new DestinationKey(delivery.tenant(), channel.destination(delivery));
    }

    /** Tenants and destinations with nothing in flight are removed. */
    private static final class Counts {

        private final Map<DestinationKey, Integer> byDestination = new HashMap<>();
        private final Map<String, Integer> byTenant = new HashMap<>();

        synchronized void add(DestinationKey destination, int more) {
            byDestination.merge(destination, more, Counts::sum);
            byTenant.merge(destination.tenant(), more, Counts::sum);
        }

        private static @Nullable Integer sum(int before, int more) {
            return before + more == 0 ? null : before + more;
        }

        synchronized int of(DestinationKey destination) {
            return byDestination.getOrDefault(destination, 0);
        }

        synchronized int of(String tenant) {
            return byTenant.getOrDefault(tenant, 0);
        }
    }

    private final class ClaimAdmission implements Admission {

        private final Counts admitted = new Counts();
        private int free;

        ClaimAdmission(int free) {
            this.free = free;
        }

        @Override
        public DestinationKey destination(Delivery delivery) {
            return InFlight.this.destination(delivery);
        }

        @Override
        public boolean isCircuitOpen(DestinationKey destination) {
            return selection.admits(channel, destination, 1) == 0;
        }

        @Override
        public int room(DestinationKey destination) {
            var tenant = destination.tenant();
            int already = admitted.of(destination);
            int places = Math.min(
                    perDestination - started.of(destination) - already,
                    SHARE_OF_FREE * free - started.of(tenant) - admitted.of(tenant));
            return places <= 0
                    ? 0
                    : Math.min(places, selection.admits(channel, destination, places + already) - already);
        }

        @Override
        public boolean admit(DestinationKey destination) {
            if (room(destination) <= 0) {
                return false;
            }
            admitted.add(destination, 1);
            free--;
            return true;
        }

        @Override
        public void giveBack(DestinationKey destination, int places) {
            admitted.add(destination, -places);
            free += places;
        }
    }
}
