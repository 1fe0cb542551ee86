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
    private final Map<DestinationKey, Integer> byDestination = new HashMap<>();
    private final Map<String, Integer> byTenant = new HashMap<>();

    InFlight(Channel channel, ProviderSelection selection, int perDestination) {
        this.channel = channel;
        this.selection = selection;
        this.perDestination = perDestination;
    }

    /** For one claim; what it admits counts here once it has {@link #started}. */
    Admission admission(int free) {
        return new TenantTurn(free);
    }

    void started(LeasedDelivery leased) {
        count(leased.delivery(), 1);
    }

    void ended(LeasedDelivery leased) {
        count(leased.delivery(), -1);
    }

    /** Tenants and destinations with nothing in flight are removed. */
    private synchronized void count(Delivery delivery, int more) {
        byDestination.merge(key(delivery), more, InFlight::sum);
        byTenant.merge(delivery.tenant(), more, InFlight::sum);
    }

    private static @Nullable Integer sum(int before, int more) {
        return before + more == 0 ? null : before + more;
    }

    private DestinationKey key(Delivery delivery) {
        return new DestinationKey(delivery.tenant(), channel.destination(delivery));
    }

    private synchronized int to(DestinationKey destination) {
        return byDestination.getOrDefault(destination, 0);
    }

    private synchronized int of(String tenant) {
        return byTenant.getOrDefault(tenant, 0);
    }

    private final class TenantTurn implements Admission {

        private final Map<DestinationKey, Integer> admitted = new HashMap<>();
        private final Map<String, Integer> admittedOf = new HashMap<>();
        private int free;

        TenantTurn(int free) {
            this.free = free;
        }

        @Override
        public DestinationKey destination(Delivery delivery) {
            return key(delivery);
        }

        @Override
        public boolean isCircuitOpen(DestinationKey destination) {
            return selection.admits(channel, destination, 1) == 0;
        }

        @Override
        public int room(DestinationKey destination) {
            int already = admitted.getOrDefault(destination, 0);
            int places = Math.min(
                    perDestination - to(destination) - already,
                    SHARE_OF_FREE * free - of(destination.tenant()) - admittedOf.getOrDefault(destination.tenant(), 0));
            return places <= 0
                    ? 0
                    : Math.min(places, selection.admits(channel, destination, places + already) - already);
        }

        @Override
        public boolean admit(DestinationKey destination) {
            if (room(destination) <= 0) {
                return false;
            }
            count(destination, 1);
            return true;
        }

        @Override
        public void giveBack(DestinationKey destination, int places) {
            count(destination, -places);
        }

        private void count(DestinationKey destination, int more) {
            admitted.merge(destination, more, Integer::sum);
            admittedOf.merge(destination.tenant(), more, Integer::sum);
            free -= more;
        }
    }
}
