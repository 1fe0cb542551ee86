package dev.carillon.eventsourced.timer;

import dev.carillon.eventsourced.journal.EventJournal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/**
 * Adds a batch of decisions to digests, one item after another: which digest an item joins, which one it closes, which
 * one it opens. Pure; the changes to store are returned at the end.
 */
public final class DigestBatch {

    /**
     * When a digest closes.
     *
     * @param at when, by the times it was opened and its last item joined
     */
    public record Closing(int maxItems, BinaryOperator<Instant> at) {}

    /** The most bytes a digest absorbs: the item that reaches this closes it. */
    static final int MOST_BYTES = EventJournal.BYTES_AT_ONCE;

    private final Map<Digest.DigestKey, Digest> open;
    private final Map<String, Digest> touched = new HashMap<>();
    private final List<String> order = new ArrayList<>();

    public DigestBatch(Map<Digest.DigestKey, Digest> open) {
        this.open = new HashMap<>(open);
    }

    /**
     * Adds an item to the open digest of the key, or to the one that {@code opening} makes.
     *
     * @return the digest it joined
     */
    public Digest join(
            Digest.DigestKey key,
            DigestItem item,
            Instant at,
            String ruleVersion,
            Closing closing,
            Supplier<Timer> opening) {
        var digest = open.get(key);
        if (digest == null) {
            digest = new Digest(opening.get(), 0, 0, true, List.of());
        }
        boolean full = digest.items() + 1 >= closing.maxItems() || digest.bytes() + item.bytes() >= MOST_BYTES;
        var joined = digest.with(
                item, timer(digest.timer(), item, full ? at : dueAt(digest.timer(), at, ruleVersion, closing)), !full);
        if (full) {
            open.remove(key);
        } else {
            open.put(key, joined);
        }
        if (touched.put(joined.timer().id(), joined) == null) {
            order.add(joined.timer().id());
        }
        return joined;
    }

    /** The digests that took items, those that closed before those that opened after them. */
    public List<Digest> touched() {
        return order.stream().map(touched::get).toList();
    }

    /**
     * A digest keeps to the version of the rule it was opened by: a later one does not move its end. Nor does it end before
     * its last item, as it would where the customer has moved to a zone in which its hour is over.
     */
    private static Instant dueAt(Timer timer, Instant at, String ruleVersion, Closing closing) {
        if (!timer.rule().version().equals(ruleVersion)) {
            return timer.dueAt();
        }
        var end = closing.at().apply(timer.armedAt(), at);
        return end.isBefore(at) ? at : end;
    }

    private static Timer timer(Timer timer, DigestItem item, Instant dueAt) {
        return new Timer(
                timer.id(),
                timer.tenant(),
                timer.address(),
                timer.kind(),
                timer.rule(),
                timer.customerId(),
                timer.key(),
                item.place(),
                timer.armedAt(),
                dueAt,
                timer.attempts());
    }
}
