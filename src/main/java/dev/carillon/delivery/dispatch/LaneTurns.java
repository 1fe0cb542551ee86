package dev.carillon.delivery.dispatch;

import dev.carillon.delivery.outbox.Lanes;
import java.util.List;

/**
 * Keeps a lane from starving behind the lanes above it. While more is due than there are places, one of every ten
 * places is offered to the lanes below. So one tenant's urgent backlog leaves room for everybody's ordinary
 * notifications.
 */
final class LaneTurns {

    /** The most places in a row for lanes above. */
    private static final int IN_A_ROW = 9;

    private int aboveNormal;
    private int aboveLow;
    private int places;
    private int offeredToBulk;
    private int offeredToLow;

    /**
     * For the next claim.
     *
     * @param bulk what normal and low may have at most
     * @param low  what low may have at most
     */
    synchronized Lanes lanes(int places, int bulk, int low, List<String> after) {
        this.places = places;
        offeredToBulk = Math.min(Math.min(places, bulk), aboveNormal / IN_A_ROW);
        int certain = offeredToBulk > 0 ? offeredToBulk : bulk;
        offeredToLow = Math.min(Math.min(certain, low), aboveLow / IN_A_ROW);
        return new Lanes(
                places, places - offeredToBulk, bulk, offeredToLow > 0 ? certain - offeredToLow : bulk, low, after);
    }

    /**
     * Records what a claim took, and whether more may be due. An offer counts as used, whether or not anything was
     * there to take it.
     */
    synchronized void given(int high, int normal, boolean more) {
        aboveNormal = more ? Math.max(0, aboveNormal - offeredToBulk * IN_A_ROW) + high : 0;
        aboveLow = more ? Math.max(0, aboveLow - (high < places ? offeredToLow : 0) * IN_A_ROW) + normal : 0;
    }
}
