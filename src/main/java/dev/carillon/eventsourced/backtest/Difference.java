package dev.carillon.eventsourced.backtest;

import dev.carillon.eventsourced.backtest.Report.Count;
import dev.carillon.eventsourced.backtest.Report.Sample;
import dev.carillon.eventsourced.reaction.Judgement;
import dev.carillon.notification.tracking.Reason;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is told now and was not, what was and is not any more, what comes at another time or in other words. Messages are
 * paired by event, rule and customer; only those without a partner yet are kept. Not thread-safe.
 */
final class Difference {

    private record Key(long event, String ruleId, @Nullable String customerId) {

        static Key of(Judgement judgement) {
            return new Key(judgement.trigger().position(), judgement.ruleId(), judgement.customerId());
        }
    }

    /** The messages of one side that have no partner on the other. */
    private final Map<Key, Deque<Judgement>> then = new LinkedHashMap<>();
    private final Map<Key, Deque<Judgement>> now = new LinkedHashMap<>();
    private final Map<Reason, int[]> reasons = new TreeMap<>();
    private final List<Sample> moved = new ArrayList<>();
    private final List<Sample> reworded = new ArrayList<>();
    private final int samples;
    private int movedCount;
    private int rewordedCount;
    private int toldThen;
    private int toldNow;

    Difference(int samples) {
        this.samples = samples;
    }

    void add(List<Judgement> decidedThen, List<Judgement> decidedNow) {
        decidedThen.forEach(one -> toldThen += count(one, 0));
        decidedNow.forEach(one -> toldNow += count(one, 1));
        decidedThen.stream().filter(Judgement::told).forEach(one -> pair(one, now, then, true));
        decidedNow.stream().filter(Judgement::told).forEach(one -> pair(one, then, now, false));
    }

    Report report() {
        var counts = new LinkedHashMap<String, Count>();
        reasons.forEach((reason, count) -> counts.put(reason.name(), new Count(count[0], count[1])));
        return new Report(size(now) == 0 && size(then) == 0 && movedCount == 0 && rewordedCount == 0, new Count(toldThen, toldNow),
                size(now), size(then), movedCount, rewordedCount, counts,
                new Report.Samples(some(now), some(then), List.copyOf(moved), List.copyOf(reworded)));
    }

    private int count(Judgement one, int side) {
        if (one.reason() != null) {
            reasons.computeIfAbsent(one.reason(), reason -> new int[2])[side]++;
        }
        return one.told() ? 1 : 0;
    }

    private void pair(Judgement one, Map<Key, Deque<Judgement>> others, Map<Key, Deque<Judgement>> own, boolean isThen) {
        var key = Key.of(one);
        var partners = others.get(key);
        if (partners == null) {
            own.computeIfAbsent(key, k -> new ArrayDeque<>()).add(one);
            return;
        }
        var partner = partners.poll();
        if (partners.isEmpty()) {
            others.remove(key);
        }
        compare(isThen ? one : partner, isThen ? partner : one);
    }

    private void compare(Judgement was, Judgement is) {
        if (!was.judgedAt().equals(is.judgedAt()) || !was.comesAt().equals(is.comesAt())) {
            movedCount++;
            sample(moved, Sample.of(was, is));
        }
        if (!was.words().equals(is.words())) {
            rewordedCount++;
            sample(reworded, Sample.of(was, is));
        }
    }

    private void sample(List<Sample> kept, Sample sample) {
        if (kept.size() < samples) {
            kept.add(sample);
        }
    }

    private static int size(Map<Key, Deque<Judgement>> side) {
        return side.values().stream().mapToInt(Deque::size).sum();
    }

    private List<Sample> some(Map<Key, Deque<Judgement>> side) {
        return side.values().stream().flatMap(Deque::stream).limit(samples)
                .map(one -> side == then ? Sample.of(one, null) : Sample.of(null, one)).toList();
    }
}
