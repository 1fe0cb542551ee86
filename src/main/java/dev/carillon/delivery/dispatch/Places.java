package dev.carillon.delivery.dispatch;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.outbox.Lanes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The places of one channel's loop: how many deliveries may be in flight, and how many are. A tenth is kept for urgent
 * deliveries, three tenths for whatever is not bulk. A claim reserves its places before it asks the database; what is
 * inserted already leased takes them one by one.
 */
final class Places {

    private static final int CLAIM = 500;
    /** The most characters of text in flight: beyond it nothing more starts, however many places are free. */
    private static final int MOST_CHARACTERS = 2 << 20;

    private static final int PART_FOR_OTHERS = 16;

    private final int all;
    private int taken;
    private int takenByBulk; // normal and low
    private int takenByLow;
    private long characters;
    private Lanes reserved = Lanes.of(0);

    Places(int all) {
        this.all = all;
    }

    /** How many are taken. */
    synchronized int taken() {
        return taken;
    }

    /** How many are not taken, reserved or not. */
    synchronized int untaken() {
        return all - taken;
    }

    /** How many are to be left to what comes beside: to a claim by what is inserted, and the other way round. */
    int forOthers() {
        return all / PART_FOR_OTHERS;
    }

    /** How many a claim may have, if it leaves so many. */
    synchronized int free(int leave) {
        return characters >= MOST_CHARACTERS ? 0 : Math.max(0, Math.min(CLAIM, left() - leave));
    }

    /** Reserves for a claim what is free, but leaves so many of each lane; answers how many that are. */
    synchronized int reserve(int leave) {
        int places = free(leave);
        int bulk = Math.max(0, Math.min(places, share(9) - takenByBulk - leave));
        int low = Math.max(0, Math.min(bulk, share(7) - takenByLow - leave));
        reserved = new Lanes(places, places, bulk, bulk, low, Lanes.FROM_THE_FIRST);
        return places;
    }

    /** Keeps so many of the reserved ones, and divides them among the lanes. */
    synchronized Lanes keep(int places, LaneTurns turns, List<String> after) {
        int bulk = Math.min(places, reserved.bulk());
        reserved = turns.lanes(places, bulk, Math.min(bulk, reserved.low()), after);
        return reserved;
    }

    /** The claim has ended: these take their places, and the rest of the reserved ones is free again. */
    synchronized void claimed(List<Delivery> deliveries) {
        reserved = Lanes.of(0);
        deliveries.forEach(delivery -> count(delivery, 1));
    }

    /**
     * Takes a place for each of these, as far as their lanes have some.
     *
     * @param most  how many at most
     * @param leave how many are left to others
     * @return those that have a place: where not all have, tenants take turns
     */
    synchronized List<Delivery> take(List<Delivery> deliveries, int most, int leave) {
        var took = new ArrayList<Delivery>();
        for (var delivery : deliveries.size() <= Math.min(most, left() - leave) ? deliveries : inTurn(deliveries)) {
            if (took.size() < most && has(delivery, leave)) {
                count(delivery, 1);
                took.add(delivery);
            }
        }
        return took;
    }

    synchronized void free(Delivery delivery) {
        count(delivery, -1);
    }

    private boolean has(Delivery delivery, int leave) {
        int bulk = share(9) - takenByBulk - reserved.bulk();
        return characters < MOST_CHARACTERS
                && left() > leave
                && (delivery.priority() == 0 || bulk > leave)
                && (delivery.priority() <= 1 || share(7) - takenByLow - reserved.low() > leave);
    }

    private int left() {
        return all - taken - reserved.places();
    }

    private void count(Delivery delivery, int more) {
        taken += more;
        takenByBulk += delivery.priority() > 0 ? more : 0;
        takenByLow += delivery.priority() > 1 ? more : 0;
        characters += more * delivery.characters();
    }

    /** This many tenths of all places, at least one. */
    private int share(int tenths) {
        return (all * tenths + 9) / 10;
    }

    /** Urgent ones first, and in each lane one of each tenant after the other. */
    private static List<Delivery> inTurn(List<Delivery> deliveries) {
        var inTurn = new ArrayList<Delivery>(deliveries.size());
        for (int lane = 0; lane <= 2; lane++) {
            Map<String, Deque<Delivery>> tenants = new LinkedHashMap<>();
            for (var delivery : deliveries) {
                if (delivery.priority() == lane) {
                    tenants.computeIfAbsent(delivery.tenant(), tenant -> new ArrayDeque<>())
                            .add(delivery);
                }
            }
            while (!tenants.isEmpty()) {
                tenants.values().removeIf(waiting -> {
                    inTurn.add(waiting.remove());
                    return waiting.isEmpty();
                });
            }
        }
        return inTurn;
    }
}
