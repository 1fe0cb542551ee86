package dev.carillon.delivery.outbox;

import dev.carillon.delivery.LeasedParcel;

import java.util.Collections;
import java.util.List;

/**
 * How many parcels a claim may take of each lane: places are kept for urgent ones, so that bulk on its way to a slow provider never has
 * them all.
 *
 * @param places all lanes together; high may have all of them
 * @param bulk   of those, normal and low together
 * @param low    of those, low alone
 * @param after  by lane, which tenant was served last: the next one comes first
 */
public record Lanes(int places, int bulk, int low, List<String> after) {

    /** Nobody was served yet. */
    public static final List<String> FROM_THE_FIRST = Collections.nCopies(3, "");

    /** Without the places that these take. */
    Lanes less(List<LeasedParcel> taken) {
        int ofBulk = (int) taken.stream().filter(one -> one.parcel().priority() > 0).count();
        int ofLow = (int) taken.stream().filter(one -> one.parcel().priority() > 1).count();
        int left = places - taken.size();
        return new Lanes(left, Math.max(0, Math.min(left, bulk - ofBulk)), Math.max(0, Math.min(left, low - ofLow)), after);
    }

    /** Whichever lane. */
    public static Lanes of(int places) {
        return new Lanes(places, places, places, FROM_THE_FIRST);
    }
}
