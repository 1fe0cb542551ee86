package dev.carillon.delivery.outbox;

import dev.carillon.delivery.LeasedDelivery;
import java.util.Collections;
import java.util.List;

/**
 * How many deliveries a claim may take from each lane. Places are kept for urgent ones, so bulk for a slow provider
 * never takes them all.
 *
 * @param places all lanes together
 * @param high   of those, high alone
 * @param bulk   of those, normal and low together
 * @param normal of those, normal alone
 * @param low    of those, low alone
 * @param after  by lane, which tenant was served last: the next one comes first
 */
public record Lanes(int places, int high, int bulk, int normal, int low, List<String> after) {

    /** No tenant was served yet. */
    public static final List<String> FROM_THE_FIRST = Collections.nCopies(3, "");

    /** Without the places that these take. */
    Lanes less(List<LeasedDelivery> taken) {
        int ofBulk = (int)
                taken.stream().filter(one -> one.delivery().priority() > 0).count();
        int ofLow = (int)
                taken.stream().filter(one -> one.delivery().priority() > 1).count();
        int left = places - taken.size();
        return new Lanes(
                left,
                left(left, high - (taken.size() - ofBulk)),
                left(left, bulk - ofBulk),
                left(left, normal - (ofBulk - ofLow)),
                left(left, low - ofLow),
                after);
    }

    /** Whichever lane. */
    public static Lanes of(int places) {
        return new Lanes(places, places, places, places, places, FROM_THE_FIRST);
    }

    private static int left(int places, int ofLane) {
        return Math.max(0, Math.min(places, ofLane));
    }
}
