package dev.carillon.eventsourced.timer;

import java.util.ArrayList;
import java.util.List;

/**
 * The state of a digest after a batch.
 *
 * @param items   how many it has absorbed
 * @param bytes   how much that is, as JSON
 * @param open    whether it takes more
 * @param joining what the batch adds
 */
public record Digest(Timer timer, int items, int bytes, boolean open, List<DigestItem> joining) {

    /** The key of the digest that an item belongs to. */
    public record DigestKey(String tenant, String ruleId, String customerId, String key) {

        public static DigestKey of(Timer timer) {
            return new DigestKey(timer.tenant(), timer.rule().id(), timer.customerId(), timer.key());
        }
    }

    public Digest {
        joining = List.copyOf(joining);
    }

    public DigestKey key() {
        return DigestKey.of(timer);
    }

    Digest with(DigestItem item, Timer timer, boolean open) {
        var all = new ArrayList<>(joining);
        all.add(item);
        return new Digest(timer, items + 1, bytes + item.bytes(), open, all);
    }
}
