package dev.carillon.delivery.dispatch;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.outbox.Admission;
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

    private record DestinationKey2(String tenant, String name) {}

    private final Channel channel;
    private final ProviderSelection selection;
    private final int perDestination;
    private final Map<DestinationKey2, Integer> byDestination = new HashMap<>();
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
        byDestination.merge(new DestinationKey2(delivery.tenant(), channel.destination(delivery)), more, InFlight::sum);
        byTenant.merge(delivery.tenant(), more, InFlight::sum);
    }

    private static @Nullable Integer sum(int before, int more) {
        return before + more == 0 ? null : before + more;
    }

    private synchronized int to(DestinationKey2 destination) {
        return byDestination.getOrDefault(destination, 0);
    }

    private synchronized int of(String tenant) {
        return byTenant.getOrDefault(tenant, 0);
    }

    private final class TenantTurn implements Admission {

        private final Map<DestinationKey2, Integer> admitted = new HashMap<>();
        private final Map<String, Integer> admittedOf = new HashMap<>();
        private int free;

        TenantTurn(int free) {
            this.free = free;
        }

        @Override
        public String destination(Delivery delivery) {
            return channel.destination(delivery);
        }

        @Override
        public boolean leftAlone(String tenant, String destination) {
            return selection.admits(channel, tenant, destination, 1) == 0;
        }

        @Override
        public int room(String tenant, String destination) {
            var key = new DestinationKey2(tenant, destination);
            int already = admitted.getOrDefault(key, 0);
            int places = Math.min(
                    perDestination - to(key) - already,
                    SHARE_OF_FREE * free - of(tenant) - admittedOf.getOrDefault(tenant, 0));
            return places <= 0
                    ? 0
                    : Math.min(places, selection.admits(channel, tenant, destination, places + already) - already);
        }

        @Override
        public boolean admit(String tenant, String destination) {
            if (room(tenant, destination) <= 0) {
                return false;
            }
            admitted.merge(new DestinationKey2(tenant, destination), 1, Integer::sum);
            admittedOf.merge(tenant, 1, Integer::sum);
            free--;
            return true;
        }

        @Override
        public void giveBack(String tenant, String destination, int places) {
            admitted.merge(new DestinationKey2(tenant, destination), -places, Integer::sum);
            admittedOf.merge(tenant, -places, Integer::sum);
            free += places;
        }
    }
}
